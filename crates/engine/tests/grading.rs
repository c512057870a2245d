//! Judging responses: what is typed or chosen on the left, what is judged of it on the right.

#[path = "grading/build.rs"]
mod build;
#[path = "grading/choices.rs"]
mod choices;
#[path = "grading/mathematics.rs"]
mod mathematics;
#[path = "grading/properties.rs"]
mod properties;
#[path = "grading/units.rs"]
mod units;
#[path = "grading/words.rs"]
mod words;
