//! Writing a course into the store and making it the published version.
//!
//! Items go in small chunks first, under nothing that anybody sees; then one row flips. A server that stops
//! half way leaves unreferenced items, never half a course.

use super::published::StoredCourse;
use curriculum::Course;
use std::{collections::BTreeMap, io, path::Path};
use store::{Content, CourseVersion, Store, StoreError, TenantId};

/// Items a unit of work.
const CHUNK: usize = 100;

/// A course with what came along.
pub struct Publication {
    pub course: Course,
    /// What an import reports, as JSON.
    pub report: serde_json::Value,
    /// Pictures by the hash of their bytes.
    pub media: BTreeMap<String, Vec<u8>>,
}

/// Why a course could not be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("pictures could not be written: {0}")]
    Media(#[from] io::Error),
}

/// Publishes; returns the version. The same course again changes nothing.
pub async fn publish(
    store: &Store,
    media_folder: &Path,
    tenant: TenantId,
    publication: Publication,
    now: i64,
) -> Result<String, PublishError> {
    write_media(media_folder, &publication.media)?;
    let Publication { mut course, report, .. } = publication;
    let version = course.version().0;
    let hashes = course.hashes();
    let items: Vec<Content> = std::mem::take(&mut course.items)
        .into_values()
        .map(|item| Content {
            hash: item.hash().0,
            kind: "item".to_owned(),
            body: serde_json::to_vec(&item).expect("an item is plain data"),
        })
        .collect();
    for chunk in items.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        store
            .write(move |tx| {
                Box::pin(async move {
                    for content in &chunk {
                        tx.insert_content(tenant, content).await?;
                    }
                    Ok::<_, StoreError>(())
                })
            })
            .await?;
    }
    let row = store::Course {
        id: course.id.0.clone(),
        published_version: None,
        title: serde_json::to_string(&course.title).expect("text is plain data"),
        created_at: now,
    };
    let version_row = CourseVersion {
        course_id: course.id.0.clone(),
        version: version.clone(),
        structure: serde_json::to_vec(&StoredCourse { course, items: hashes }).expect("a course is plain data"),
        report: report.to_string().into_bytes(),
        created_at: now,
        published_at: None,
    };
    let name = version.clone();
    store
        .write(move |tx| {
            Box::pin(async move {
                let known = tx.course(tenant, &row.id).await?;
                if known.as_ref().is_some_and(|known| known.published_version.as_deref() == Some(&name)) {
                    return Ok::<_, StoreError>(());
                }
                if known.is_none() {
                    tx.save_course(tenant, &row).await?;
                }
                if tx.course_version(tenant, &row.id, &name).await?.is_none() {
                    tx.insert_course_version(tenant, &version_row).await?;
                }
                tx.publish_course(tenant, &row.id, &name, now).await?;
                Ok(())
            })
        })
        .await?;
    Ok(version)
}

fn write_media(folder: &Path, media: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (hash, bytes) in media {
        let path = folder.join(hash);
        if !path.exists() {
            let half = folder.join(format!("{hash}.part"));
            std::fs::write(&half, bytes)?;
            std::fs::rename(half, path)?;
        }
    }
    Ok(())
}
