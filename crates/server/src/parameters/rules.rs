//! Names of versions.

use std::{collections::BTreeMap, fmt};

/// What a version of all constants is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The constants that ship, for all that no course's version names.
    pub shipped: String,
    /// By course, the number of its version; courses without one are absent.
    pub courses: BTreeMap<String, i64>,
}

impl Name {
    /// Reads a name; none for what no name looks like.
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let shipped = words.next().filter(|word| !word.is_empty())?.to_owned();
        let course = |word: &str| {
            let (course, number) = word.rsplit_once(':')?;
            Some((course.to_owned(), number.parse().ok().filter(|number| *number > 0)?))
        };
        Some(Self { shipped, courses: words.map(course).collect::<Option<_>>()? })
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shipped)?;
        self.courses.iter().try_for_each(|(course, number)| write!(f, " {course}:{number}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_was_written() {
        for text in ["defaults-1", "defaults-1 algebra:3", "defaults-1 a:b:12 algebra:3"] {
            assert_eq!(Name::read(text).expect("a name").to_string(), text);
        }
        for text in ["", " ", "defaults-1 algebra", "defaults-1 algebra:0", "defaults-1 algebra:x", "defaults-1  a:1"] {
            assert_eq!(Name::read(text), None, "{text:?}");
        }
    }
}
