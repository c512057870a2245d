//! Lists, points, intervals, ratios, matrices and words.

mod tables;

use math::Kind;
use tables::check_all;

#[test]
fn lists_have_no_order_unless_the_key_says_so() {
    check_all(
        Kind::List,
        r"
        3,4 ~ 4, 3 -> equal
        330,367 ~ 367, 330 -> equal
        1,200, 3,400 ~ 3400, 1200 -> equal
        2,2,3 ~ 2,3 -> different
        {2,2,3} ~ {2,3} -> equal
        \pm3 ~ 3,-3 -> equal
        x=3, 5 ~ x=5, x=3 -> equal
        3,4, ~ 3 -> unfinished
        ",
    );
    check_all(Kind::OrderedList, "1,2 ~ 2,1 -> different\n 1,2 ~ 1, 4/2 -> equal");
}

#[test]
fn points_and_intervals_have_an_order() {
    check_all(Kind::Point, "(3,-4) ~ (-4,3) -> different\n (1,234) ~ (1, 234) -> equal\n (3,4 ~ (3,4) -> unbalanced");
    check_all(
        Kind::Interval,
        r"
        (-inf, 3] U [5, inf) ~ [5,\infty)\cup(-\infty,3] -> equal
        [1,3]∪[2,5] ~ [1,5] -> equal
        [1,2)∪(2,3] ~ [1,3] -> different
        (2,5) ~ [2,5) -> different
        (-\sqrt2,1) ~ (-√2, 1) -> equal
        {2}∪(0,1) ~ (0,1)∪{2} -> equal
        (0,1)∪{1} ~ (0,1] -> equal
        (0,1)∪{2} ~ (0,1] -> different
        [[1],[2]] ~ [1,2] -> different
        all real numbers ~ (-∞,∞) -> equal
        all real numbers ~ (-∞,3) -> different
        ",
    );
    check_all(
        Kind::Inequality,
        r"
        x∈[2,3] ~ 2≤x≤3 -> equal
        x∈(2,3) ~ 2≤x≤3 -> different
        x∈(-∞,3)∪[5,∞) ~ x<3 or x≥5 -> equal
        ",
    );
}

#[test]
fn ratios_go_by_proportion() {
    check_all(
        Kind::Ratio,
        r"
        4:6 ~ 2:3 -> equal
        3:2 ~ 2:3 -> different
        2 to 3 ~ 2:3 -> equal
        2/3 ~ 2:3 -> equal
        0:1 ~ 1:0 -> different
        1:2:3 ~ 1:2 -> different
        ",
    );
}

#[test]
fn matrices_go_cell_by_cell_and_words_by_their_sound() {
    check_all(
        Kind::Matrix,
        r"
        [[1,2],[3,4]] ~ \begin{bmatrix}1&2\\3&4\end{bmatrix} -> equal
        [1, 2; 3, 4] ~ \begin{bmatrix}1&2\\3&4\end{bmatrix} -> equal
        [[1,2],[3,4]] ~ [[1,2,3,4]] -> different
        [[1],[2]] ~ [1,2] -> different
        \begin{bmatrix}1\\2\end{bmatrix} ~ [[1],[2]] -> equal
        [[1,2],[3]] ~ [[1],[2]] -> unfinished
        ",
    );
    check_all(
        Kind::Words,
        r"
        Does not exist. ~ DNE -> equal
        No Solutions ~ none -> equal
        rational ~ irrational -> different
        {} ~ ∅ -> equal
        \{\} ~ no solution -> equal
        \mathbb{R} ~ ℝ -> equal
        \mathbb{R} ~ all real numbers -> equal
        (-∞,∞) ~ all real numbers -> equal
        (-\infty, \infty) ~ all real numbers -> equal
        x∈ℝ ~ all real numbers -> equal
        (-∞,∞) ~ no solution -> different
        ",
    );
}
