//! The web front end, built into the binary, and the pictures of courses.

use super::{problem::Problem, state::Shared};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

#[cfg(feature = "embed-web")]
#[derive(rust_embed::RustEmbed)]
#[folder = "../../web/dist"]
struct Web;

#[cfg(feature = "embed-web")]
fn file(path: &str) -> Option<(Vec<u8>, String)> {
    Web::get(path).map(|file| (file.data.into_owned(), mime_guess::from_path(path).first_or_octet_stream().to_string()))
}

/// Without the front end built in there is only the API.
#[cfg(not(feature = "embed-web"))]
fn file(_path: &str) -> Option<(Vec<u8>, String)> {
    None
}

/// True when the web pages are in this program.
pub fn has_pages() -> bool {
    file("index.html").is_some()
}

/// A file of the front end; any other path that is not a file's is the page itself, whose router reads it.
pub async fn page(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if let Some((bytes, media_type)) = file(path) {
        let forever = path.starts_with("assets/");
        let keep = if forever { "public, max-age=31536000, immutable" } else { "no-cache" };
        let twin = reads_brotli(&headers).then(|| file(&format!("{path}.br"))).flatten();
        let Some((shrunk, _)) = twin else { return answer(bytes, &media_type, keep) };
        let mut response = answer(shrunk, &media_type, keep);
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        return response;
    }
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if is_file || path.starts_with("api/") {
        return Problem::missing("page").into_response();
    }
    match file("index.html") {
        Some((bytes, media_type)) => answer(bytes, &media_type, "no-cache"),
        None => (
            StatusCode::OK,
            [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
            "Tandem is running without its web pages; build with the feature embed-web. The API is under /api/v1.\n",
        )
            .into_response(),
    }
}

/// The build leaves a brotli twin beside each file that shrinks by it.
fn reads_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|one| {
        let mut words = one.split(';').map(str::trim);
        words.next() == Some("br") && !words.any(|word| matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// A picture of a course, by the hash of its bytes. Served where nothing in it can act.
pub async fn media(State(app): State<Shared>, Path(hash): Path<String>) -> Response {
    if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Problem::missing("picture").into_response();
    }
    match tokio::fs::read(app.settings.media_folder().join(&hash)).await {
        Ok(bytes) => {
            let media_type = media_type_of(&bytes);
            let mut response = answer(bytes, media_type, "public, max-age=31536000, immutable");
            response.headers_mut().insert(
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
            );
            response
        }
        Err(_) => Problem::missing("picture").into_response(),
    }
}

/// The media type by the first bytes; a name is never believed.
pub fn media_type_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ => "application/octet-stream",
    }
}

fn answer(bytes: Vec<u8>, media_type: &str, keep: &'static str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_to_who_reads_it() {
        let reads = |value: &'static str| {
            reads_brotli(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
        };
        assert!(reads("gzip, deflate, br, zstd") && reads("br;q=0.8"));
        assert!(!reads("gzip") && !reads("br;q=0, gzip") && !reads("") && !reads_brotli(&HeaderMap::new()));
    }
}
