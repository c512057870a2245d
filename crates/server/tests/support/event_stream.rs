//! Reading server-sent events one by one.

use super::Client;
use axum::{body::BodyDataStream, http::Method};
use futures_util::StreamExt;
use serde_json::Value;
use std::time::Duration;

/// An open stream of events.
pub struct EventStream {
    body: BodyDataStream,
    read: String,
}

impl EventStream {
    /// Opens a stream of the API.
    pub async fn open(client: &Client, path: &str) -> Self {
        let response = client.open(Method::GET, &format!("/api/v1{path}"), Vec::new(), &[]).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert!(response.headers().contains_key("content-security-policy"));
        Self { body: response.into_body().into_data_stream(), read: String::new() }
    }

    /// The next event's name and data, waiting at most two seconds; none when nothing came or the stream ended.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        self.next_within(Duration::from_secs(2)).await
    }

    /// The same with another patience.
    pub async fn next_within(&mut self, patience: Duration) -> Option<(String, Value)> {
        let until = tokio::time::Instant::now() + patience;
        loop {
            if let Some((block, rest)) = self.read.split_once("\n\n") {
                let line = |name: &str| {
                    block.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
                };
                let found = line("event:").zip(line("data:"));
                self.read = rest.to_owned();
                match found {
                    Some((name, data)) => return Some((name, serde_json::from_str(&data).expect("data is JSON"))),
                    None => continue,
                }
            }
            let chunk = tokio::time::timeout_at(until, self.body.next()).await.ok()??;
            self.read.push_str(&String::from_utf8_lossy(&chunk.expect("a chunk")));
        }
    }

    /// True when the server closes the stream within this time.
    pub async fn ends_within(&mut self, patience: Duration) -> bool {
        let until = tokio::time::Instant::now() + patience;
        loop {
            match tokio::time::timeout_at(until, self.body.next()).await {
                Ok(Some(_)) => {}
                Ok(None) => return true,
                Err(_) => return false,
            }
        }
    }
}
