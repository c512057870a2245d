//! Reading what stands in an address: ids in the path, wishes behind the question mark.

use super::problem::Problem;
use axum::{
    extract::{FromRequestParts, RawPathParams, path::ErrorKind, rejection::PathRejection},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// The places of a path. What cannot be an id is as missing as an id that never was.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        // No id holds NUL, and not every database can be asked for one that does.
        if let Ok(places) = RawPathParams::from_request_parts(parts, state).await
            && let Some((place, _)) = places.iter().find(|(_, value)| value.contains('\0'))
        {
            return Err(Problem::missing("page").at(place));
        }
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Path(places)| Self(places)).map_err(|rejection| {
            let problem = Problem::missing("page");
            match place_of(rejection) {
                Some(place) => problem.at(place),
                None => problem,
            }
        })
    }
}

fn place_of(rejection: PathRejection) -> Option<String> {
    let PathRejection::FailedToDeserializePathParams(failed) = rejection else { return None };
    match failed.into_kind() {
        ErrorKind::ParseErrorAtKey { key, .. }
        | ErrorKind::DeserializeError { key, .. }
        | ErrorKind::InvalidUtf8InPathParam { key } => Some(key),
        _ => None,
    }
}

/// What stands behind the question mark. Its members are texts, to be read with [`wish`].
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(wishes)) => Ok(Self(wishes)),
            Err(rejection) => {
                Err(Problem::new(StatusCode::BAD_REQUEST, "wrong_query", rejection.body_text()).at("query"))
            }
        }
    }
}

/// One member of a [`Query`], which may be left out or left empty.
pub fn wish<T: FromStr>(field: &'static str, text: Option<&str>) -> Result<Option<T>, Problem> {
    let given = text.filter(|text| !text.is_empty());
    let read = given.map(str::parse).transpose();
    read.map_err(|_| Problem::field(field, "wrong_value", "This cannot be read."))
}
