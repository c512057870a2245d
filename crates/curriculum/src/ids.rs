//! Names of things that are taught, each its own type so that two can never be swapped by mistake.

use serde::{Deserialize, Serialize};
use std::fmt;

/// True for 1 to 100 ASCII letters, digits, `-`, `_` and `.`, the first a letter or digit: safe in a path, a link and
/// a file name.
pub fn well_formed(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let starts_well = id.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    starts_well && id.len() <= 100 && id.bytes().all(plain)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as written in course files.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    };
}

id!(
    /// A course, such as `ratios-rates-percent`. Lower-case letters, digits and hyphens.
    CourseId
);
id!(
    /// A unit within one course.
    UnitId
);
id!(
    /// A lesson within one course.
    LessonId
);
id!(
    /// An activity within one course.
    ActivityId
);
id!(
    /// A skill (knowledge component), unique within its course.
    SkillId
);
id!(
    /// An item (a question, perhaps of several parts), unique within its course.
    ItemId
);
id!(
    /// A part of an item; `a`, `b`, ... or the name it came with.
    PartId
);
id!(
    /// An answer option of a choice question.
    OptionId
);
id!(
    /// A hint or scaffold within one part.
    HintId
);
id!(
    /// A named wrong idea, such as `adds-instead-of-scaling`.
    MisconceptionId
);
id!(
    /// Hash of an item's whole content (SHA-256, hexadecimal). Two items with the same hash ask the same.
    ItemHash
);
