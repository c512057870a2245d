//! Memory against vectors of the reference implementation: `py-fsrs` 6.3.2 with its default weights, whole days
//! between reviews, no learning steps. Each row: days since the last, grade 1-4, stability, difficulty.

mod support;

use engine::review::{Grade, Memory};

const VECTORS: &str = include_str!("vectors/fsrs6.txt");

#[test]
fn memory_equals_the_reference_on_random_histories() {
    let mut compared = 0;
    for history in VECTORS.split("\n\n") {
        let mut memory: Option<Memory> = None;
        for row in history.lines() {
            let cells: Vec<f64> = row.split_whitespace().map(|cell| cell.parse().expect("a number")).collect();
            let grade = [Grade::Wrong, Grade::Helped, Grade::Slow, Grade::Fast][cells[1] as usize - 1];
            let next = memory.map_or_else(|| Memory::first(grade, 0), |memory| memory.next(grade, cells[0], 0));
            assert!((next.stability - cells[2]).abs() < 1e-6 * cells[2].max(1.0), "{row}: {next:?}");
            assert!((next.difficulty - cells[3]).abs() < 1e-6, "{row}: {next:?}");
            memory = Some(next);
            compared += 1;
        }
    }
    assert!(compared > 100);
}

#[test]
fn recall_is_nine_in_ten_after_one_stability() {
    let memory = Memory::first(Grade::Slow, 0);
    assert!((memory.recall_after(memory.stability, 1.0) - 0.9).abs() < 1e-12);
    assert!((memory.recall_after(7.0, 1.0) - 0.808).abs() < 5e-4, "{}", memory.recall_after(7.0, 1.0));
    assert!(memory.recall_after(-3.0, 1.0) == 1.0);
}
