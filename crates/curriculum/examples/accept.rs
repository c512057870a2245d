//! Writes a course folder as one JSON file into `fixtures/accepted/content`, for good:
//! `cargo run -p curriculum --example accept -- fixtures/course/tiny fixtures/accepted/content`.

use std::{collections::BTreeMap, fs, path::Path};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (from, to) = (arguments.next().expect("the course's folder"), arguments.next().expect("where to write"));
    let mut files = BTreeMap::new();
    gather(Path::new(&from), Path::new(&from), &mut files);
    let (course, problems) = curriculum::format::read(&files);
    assert!(problems.is_empty(), "{problems:?}");
    let course = course.expect("the folder holds a course");
    let name = format!("{}-{}.json", course.id, course.version().0);
    fs::write(Path::new(&to).join(name), serde_json::to_string_pretty(&course).expect("a course is plain data"))
        .expect("the file can be written");
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("its entries can be listed").path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("it is below the root").to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read_to_string(&path).expect("course files are text"));
        }
    }
}
