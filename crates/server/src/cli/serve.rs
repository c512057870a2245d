//! `tandem serve`.

use super::data::{Data, open, say};
use crate::{
    app::{Shared, routes::router, sweep::sweep_hourly},
    config::Settings,
    jobs,
    live::with_other_nodes,
    refit::KINDS,
};
use anyhow::Context;
use clap::Args;
use std::{net::SocketAddr, process::ExitCode};
use tokio::net::TcpListener;

/// Serves the school.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    data: Data,
    /// Where to listen.
    #[arg(long, env = "TANDEM_LISTEN")]
    listen: Option<SocketAddr>,
    /// One JSON object a line on standard output.
    #[arg(long)]
    json: bool,
}

impl Serve {
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let mut settings = self.data.settings()?;
        settings.listen = self.listen.unwrap_or(settings.listen);
        let app = open(settings).await?;
        let (listener, address) = bind(&app.settings).await?;
        let setup = app.needs_setup().then(|| format!("http://{address}/setup?token={}", app.setup.make()));
        if self.json {
            say(serde_json::json!({ "url": format!("http://{address}"), "setup": setup }));
        } else {
            say(format!("Tandem listens on http://{address}"));
            if let Some(link) = setup {
                say(format!("Open this link once to make the first administrator: {link}"));
            }
        }
        serve(app, listener).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Binds the address of the settings.
pub async fn bind(settings: &Settings) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener =
        TcpListener::bind(settings.listen).await.with_context(|| format!("cannot listen on {}", settings.listen))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Serves until the process is asked to stop.
pub async fn serve(app: Shared, listener: TcpListener) -> anyhow::Result<()> {
    tokio::spawn(read_courses(app.clone()));
    tokio::spawn(sweep_hourly(app.clone()));
    tokio::spawn(with_other_nodes(app.clone()));
    tokio::spawn(jobs::work(app.clone(), KINDS));
    let stopping = app.clone();
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let service = axum::serve(listener, service).with_graceful_shutdown(async move {
        stopped().await;
        jobs::let_go(&stopping).await;
    });
    service.await?;
    Ok(())
}

/// Reads the courses before a class asks for them all at once.
async fn read_courses(app: Shared) {
    let schools = app.store.read(|tx| Box::pin(async move { tx.organizations().await })).await;
    for school in schools.unwrap_or_default() {
        if let Err(problem) = app.library.all(&app, school.tenant_id).await {
            tracing::warn!(kind = problem.kind(), "courses could not be read at the start");
        }
    }
}

async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
            .expect("a signal can be listened for");
        tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        // Open live streams would keep a graceful stop waiting; what was acknowledged is on disk already.
        tokio::spawn(async {
            tokio::time::sleep(std::time::Duration::from_secs(3)).await;
            std::process::exit(0);
        });
    }
    #[cfg(not(unix))]
    interrupt.await.ok();
}
