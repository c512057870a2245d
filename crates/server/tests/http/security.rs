//! What every answer carries, and doors that are not doors of the API.

use crate::support::{Reply, TestApp};
use axum::http::Method;
use expect_test::expect;
use serde_json::json;

async fn plain(school: &TestApp, path: &str) -> Reply {
    school.nobody().plain(Method::GET, path, Vec::new(), &[]).await
}

/// The headers that guard a page, in the order of their names.
fn guards(reply: &Reply) -> String {
    let names = [
        "content-security-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "referrer-policy",
        "x-content-type-options",
    ];
    names.map(|name| format!("{name}: {}\n", reply.header(name))).concat()
}

#[tokio::test]
async fn every_kind_of_answer_carries_the_same_guards() {
    let school = TestApp::with_class(1).await;
    let expected = expect![[r#"
        content-security-policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; report-uri /csp-report
        cross-origin-opener-policy: same-origin
        cross-origin-resource-policy: same-origin
        referrer-policy: same-origin
        x-content-type-options: nosniff
    "#]];
    let ana = &school.students[0].client;
    let answers = [
        plain(&school, "/").await,
        plain(&school, "/student/home").await,
        plain(&school, "/no-such-file.js").await,
        plain(&school, "/healthz").await,
        plain(&school, "/readyz").await,
        plain(&school, "/api/v1/server").await,
        plain(&school, "/api/v1/no/such").await,
        school.nobody().get("/me").await,
        ana.get("/me").await,
        ana.delete("/me").await,
        ana.delete("/student/hand").await,
        ana.raw(Method::POST, "/events", b"{".to_vec(), &[]).await,
        ana.raw(Method::POST, "/events", b"{}".to_vec(), &[("origin", "http://evil.test")]).await,
        ana.raw(Method::OPTIONS, "/events", Vec::new(), &[("origin", "http://evil.test")]).await,
    ];
    for reply in &answers {
        expected.assert_eq(&guards(reply));
        assert_eq!(reply.header("access-control-allow-origin"), "", "{}", reply.asked);
        assert_eq!(reply.header("strict-transport-security"), "", "{}", reply.asked);
        assert_eq!(reply.header("server"), "", "{}", reply.asked);
    }
}

#[tokio::test]
async fn a_picture_is_served_where_nothing_in_it_can_act() {
    let school = TestApp::with_class(0).await;
    let folder = school.app.settings.media_folder();
    let put = |hash: &str, bytes: &[u8]| std::fs::write(folder.join(hash), bytes).expect("a picture is written");
    let (png, html) = ("a".repeat(64), "b".repeat(64));
    put(&png, b"\x89PNG\r\n\x1a\n and so on");
    put(&html, b"<html><script>alert(1)</script>");
    let seen = plain(&school, &format!("/media/{png}")).await;
    assert_eq!((seen.status, seen.header("content-type")), (200, "image/png"));
    assert!(seen.header("content-security-policy").contains("sandbox"));
    assert!(seen.header("content-security-policy").contains("default-src 'none'"));
    // A name is never believed, and what is no picture is never shown as a page.
    let seen = plain(&school, &format!("/media/{html}")).await;
    assert_eq!((seen.status, seen.header("content-type")), (200, "application/octet-stream"));
}

#[tokio::test]
async fn no_path_leads_out_of_the_media_folder() {
    let school = TestApp::with_class(0).await;
    let media = school.app.settings.media_folder();
    std::fs::write(media.join("0".repeat(64)), b"GIF8").expect("a picture");
    let deep = format!("{}secret.key", "..%2f".repeat(11));
    for path in [
        "/media/../secret.key".to_owned(),
        "/media/..%2fsecret.key".to_owned(),
        "/media/%2e%2e%2fsecret.key".to_owned(),
        "/media/..%5csecret.key".to_owned(),
        "/media/..%252fsecret.key".to_owned(),
        "/media/%2fetc%2fpasswd".to_owned(),
        format!("/media/{deep}{}", "x".repeat(64 - 11 * 3 - 10)),
        format!("/media/{}", "é".repeat(32).replace('é', "%C3%A9")),
        format!("/media/{}%00", "0".repeat(63)),
        format!("/media/{}", "0".repeat(63)),
        format!("/media/{}.part", "0".repeat(64)),
        "/media/%FF".to_owned(),
        "/media/".to_owned(),
        "/secret.key".to_owned(),
        "/../secret.key".to_owned(),
        "/assets/../secret.key".to_owned(),
    ] {
        let reply = plain(&school, &path).await;
        let secret = std::fs::read(school.folder.path().join("secret.key")).expect("the secret");
        let told = reply.body.windows(secret.len()).any(|window| window == secret);
        let own_page = reply.header("content-type").starts_with("text/plain") && reply.status == 200;
        assert!(!told && (reply.status >= 400 || own_page), "{path}: {} {}", reply.status, reply.text());
    }
}

#[tokio::test]
async fn a_report_of_the_content_security_policy_is_taken() {
    let school = TestApp::with_class(0).await;
    let report = json!({ "csp-report": { "document-uri": "http://school.test/", "violated-directive": "script-src" } });
    let headers = [("content-type", "application/csp-report")];
    let bytes = report.to_string().into_bytes();
    let reply = school.nobody().plain(Method::POST, "/csp-report", bytes, &headers).await;
    assert_eq!(reply.status, 204);
    for odd in [Vec::new(), vec![0xff; 3_000], "é".repeat(1_500).into_bytes()] {
        assert_eq!(school.nobody().plain(Method::POST, "/csp-report", odd, &headers).await.status, 204);
    }
    let huge = vec![b'x'; 3 * 1024 * 1024];
    assert_eq!(school.nobody().plain(Method::POST, "/csp-report", huge, &headers).await.status, 413);
}

#[tokio::test]
async fn an_address_that_is_no_page_of_ours_is_a_problem_only_under_the_api() {
    let school = TestApp::with_class(0).await;
    assert_eq!(plain(&school, "/student/home").await.status, 200, "the page's own router reads the address");
    assert_eq!(plain(&school, "/favicon.ico").await.status, 404);
    assert_eq!(plain(&school, "/api/v2/me").await.problem(404), "missing");
}

#[tokio::test]
async fn a_server_says_that_it_is_alive_and_ready() {
    let school = TestApp::with_class(0).await;
    assert_eq!(plain(&school, "/healthz").await.text(), "ok\n");
    assert_eq!(plain(&school, "/readyz").await.text(), "ready\n");
}

#[tokio::test]
async fn a_store_that_is_away_is_a_503_and_no_more_is_told() {
    let school = TestApp::with_class(1).await;
    school.app.store.close().await;
    let path = "/api/v1/student/home";
    let response = school.students[0].client.open(Method::GET, path, Vec::new(), &[]).await;
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_eq!(response.headers()["retry-after"], "2");
    let body = axum::body::to_bytes(response.into_body(), 10_000).await.expect("a body");
    let problem: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    expect![[r#"
        {
          "detail": "Cannot save just now; nothing is lost. Try again.",
          "retry_after_seconds": 2,
          "status": 503,
          "title": "unavailable",
          "type": "/problems/unavailable"
        }"#]]
    .assert_eq(&format!("{problem:#}"));
}
