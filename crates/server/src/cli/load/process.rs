//! The server under load, in a process of its own, and what it costs.

use crate::config::Settings;
use anyhow::{Context, bail};
use std::{
    net::SocketAddr,
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// A running `tandem serve`.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
    /// Of the process that was killed (seconds).
    pub cpu_before_kill: f64,
    /// Of the process that was killed.
    pub rss_before_kill_mb: f64,
}

/// Processor time of a process (seconds).
#[derive(Clone, Copy, Debug)]
pub struct Cpu(f64);

impl Process {
    /// Starts it and waits until it answers.
    pub async fn start(settings: &Settings, address: Option<SocketAddr>) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let listen = address.map_or_else(|| "127.0.0.1:0".to_owned(), |address| address.to_string());
        command.args(["serve", "--listen", &listen, "--data"]).arg(&settings.data);
        command.env_remove("TANDEM_DATABASE_URL").env("TANDEM_LOG", "warn");
        if let Some(url) = &settings.database_url {
            command.args(["--database-url", url]);
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let output = child.stdout.take().context("the server's output is piped")?;
        let mut lines = BufReader::new(output).lines();
        let address = loop {
            let Some(line) = lines.next_line().await? else { bail!("the server ended before it listened") };
            let found = line.split("http://").nth(1).map(|rest| rest.trim_end_matches(['/', '"', '}']).trim());
            if let Some(address) = found.and_then(|found| found.parse().ok()) {
                break address;
            }
        };
        let process = Self { child, address, cpu_before_kill: 0.0, rss_before_kill_mb: 0.0 };
        process.wait_until_it_answers().await?;
        Ok(process)
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    async fn wait_until_it_answers(&self) -> anyhow::Result<()> {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(30) {
            let asked = reqwest::get(format!("{}/readyz", self.url())).await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bail!("the server does not answer")
    }

    /// kill -9; what it had cost until then: processor seconds and the most memory.
    pub async fn kill(&mut self) -> anyhow::Result<(f64, f64)> {
        let before = (self.cpu(), self.peak_rss_mb());
        self.child.start_kill()?;
        self.child.wait().await?;
        Ok(before)
    }

    /// Ends it.
    pub async fn stop(&mut self) {
        self.child.start_kill().ok();
        self.child.wait().await.ok();
    }

    /// Processor seconds so far.
    pub fn cpu(&self) -> f64 {
        self.child.id().and_then(|id| cpu_seconds(&id.to_string())).unwrap_or(0.0)
    }

    /// The most memory it ever held.
    pub fn peak_rss_mb(&self) -> f64 {
        let status = self.child.id().and_then(|id| std::fs::read_to_string(format!("/proc/{id}/status")).ok());
        let line = status.as_deref().and_then(|text| text.lines().find_map(|line| line.strip_prefix("VmHWM:")));
        let kilobytes = line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        (kilobytes.unwrap_or(0.0) / 1024.0).max(self.rss_before_kill_mb)
    }
}

impl Cpu {
    /// This process's own.
    pub fn of_self() -> Self {
        Self(cpu_seconds("self").unwrap_or(0.0))
    }

    /// Seconds since an earlier reading.
    pub fn since(self, earlier: Self) -> f64 {
        self.0 - earlier.0
    }
}

/// User and system time from /proc, whose clock ticks a hundred times a second; nothing where there is no /proc.
fn cpu_seconds(process: &str) -> Option<f64> {
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS_A_SECOND)
}

/// PostgreSQL for a load: somebody's own, or one that ends with it.
pub struct Database {
    pub url: String,
    #[cfg(unix)]
    _cluster: Option<store_testing::Cluster>,
}

impl Database {
    /// By its address.
    pub fn named(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            #[cfg(unix)]
            _cluster: None,
        }
    }

    /// A cluster of its own, as safe against a power cut as any.
    #[cfg(unix)]
    pub fn throwaway() -> anyhow::Result<Self> {
        let tools = store_testing::tools().context("PostgreSQL is not installed; name one with --database-url")?;
        let cluster = store_testing::Cluster::start(tools, &[])?;
        Ok(Self { url: cluster.new_database(), _cluster: Some(cluster) })
    }

    /// There is none here.
    #[cfg(not(unix))]
    pub fn throwaway() -> anyhow::Result<Self> {
        bail!("name a PostgreSQL with --database-url")
    }
}
