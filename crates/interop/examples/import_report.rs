//! Prints the report on the real course: counts first, then every warning.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../tests/support/course.rs"]
mod course;

fn main() {
    let Some(imported) = course::imported() else { return };
    let mut report = imported.report;
    for warning in std::mem::take(&mut report.warnings) {
        println!("{warning}");
    }
    for (name, value) in serde_json::to_value(&report).expect("plain data").as_object().expect("an object") {
        match value.as_array() {
            Some(list) => println!("{name}: {} entries", list.len()),
            None => println!("{name}: {value}"),
        }
    }
}
