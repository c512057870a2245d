//! Numbers and expressions.

mod tables;

use math::Kind;
use tables::check_all;

#[test]
fn numbers_are_compared_exactly() {
    check_all(
        Kind::Number,
        r"
        0.33 ~ 1/3 -> different
        2 1/2 ~ 5/2 -> equal
        21/2 ~ 2 1/2 -> different
        50% ~ 1/2 -> equal
        50 ~ 50% -> different
        $1,234.50 ~ 1234.5 -> equal
        -3^2 ~ -9 -> equal
        -3^2 ~ 9 -> different
        9.6\times{10}^4 ~ 96000 -> equal
        0.\overline{3} ~ 1/3 -> equal
        x=4 ~ 4 -> equal
        x=4 ~ -4 -> different
        \frac{1}{0} ~ 5 -> undecided
        ",
    );
}

#[test]
fn a_decimal_is_never_taken_for_the_root_it_comes_near() {
    check_all(
        Kind::Number,
        r"
        1.41421356237309504880168872420969807856967187537694 ~ \sqrt{2} -> different
        3.14159265358979323846264338327950288 ~ \pi -> different
        \sqrt{10^{20}+1} ~ 10^{10} -> different
        \sqrt{8} ~ 2\sqrt{2} -> equal
        \sqrt{3+2\sqrt{2}} ~ 1+\sqrt{2} -> equal
        \sqrt{-4} ~ \sqrt{-9} -> different
        \sqrt{-4}\sqrt{-4} ~ -4 -> equal
        ",
    );
}

#[test]
fn what_is_too_small_to_tell_apart_is_never_equal() {
    check_all(
        Kind::Number,
        r"
        10^-400*√2 ~ 10^-400*√3 -> undecided
        10^-400*√2 ~ 0 -> undecided
        10^-400*√2 ~ -10^-400*√2 -> undecided
        10^-300*√2 ~ 10^-300*√3 -> undecided
        10^-154*√2*10^154 ~ 10^-154*√3*10^154 -> undecided
        √2/10^320 ~ √3/10^320 -> undecided
        e^-1000*√2 ~ e^-1000*√3 -> undecided
        √(10^-700) ~ √(10^-701) -> undecided
        √2+10^-80 ~ √2 -> undecided
        √2+e^-200 ~ √2 -> undecided
        √2*10^100+1 ~ √2*10^100 -> undecided
        1.41421356237309504880168872420969807856967187537694807317667973799073247846210703885038 ~ √2 -> undecided
        10^-20*√2 ~ 10^-20*√3 -> different
        10^-20*√8 ~ 2*10^-20*√2 -> equal
        10^-400 ~ 10^-401 -> different
        ",
    );
    check_all(Kind::Expression, "x*10^-400*√2 ~ x*10^-400*√3 -> undecided");
    check_all(
        Kind::Equation,
        r"
        x=10^-400*√2 ~ x=10^-400*√3 -> undecided
        2x=10^-400*√2 ~ 2x=10^-400*√3 -> undecided
        10^-400*x=√2 ~ 10^-400*x=√3 -> undecided
        ",
    );
}

#[test]
fn expressions_are_equal_where_both_are_defined() {
    check_all(
        Kind::Expression,
        r"
        (x^2-1)/(x-1) ~ x+1 -> equal
        \sqrt{x}\sqrt{x} ~ x -> equal
        \sqrt{x^2} ~ x -> different
        \sqrt{x^2} ~ |x| -> equal
        x ~ X -> different
        xy ~ yx -> equal
        2^x\cdot2^3 ~ 2^{x+3} -> equal
        \sin^2 x+\cos^2 x ~ 1 -> equal
        \sqrt[3]{x^3} ~ x -> equal
        0.33x ~ \frac{x}{3} -> different
        ",
    );
}

#[test]
fn school_notation_reads() {
    check_all(
        Kind::Expression,
        r"
        √[3]{8} ~ 2 -> equal
        sqrt[3]{8} ~ 2 -> equal
        sqrt[3](8x^3) ~ 2x -> equal
        √[3] ~ √3 -> equal
        ∛-8 ~ -2 -> equal
        √-4 ~ √(-4) -> equal
        x₁ ~ x_1 -> equal
        x₁ ~ x_2 -> different
        x₁₂+1 ~ x_{12}+1 -> equal
        log₂ 8 ~ 3 -> equal
        log₂(8) ~ 3 -> equal
        sin|x| ~ sin(|x|) -> equal
        ln|x|+C ~ C+ln(|x|) -> equal
        ",
    );
}

#[test]
fn what_schools_dispute_is_asked_back() {
    check_all(
        Kind::Expression,
        r"
        1/2x ~ x -> ambiguous
        x/2(x+1) ~ x -> ambiguous
        6÷2(1+2) ~ x -> ambiguous
        2 1/2x ~ x -> ambiguous
        √2x ~ x -> ambiguous
        x2 ~ x -> ambiguous
        x^1/2 ~ x -> ambiguous
        2³√5 ~ 8\sqrt{5} -> ambiguous
        2*³√5 ~ 2\sqrt[3]{5} -> equal
        ³√(4x)+⁴√2 ~ \sqrt[3]{4x}+\sqrt[4]{2} -> equal
        3x³√2 ~ 3x^3\sqrt{2} -> equal
        x²√2 ~ x^2\sqrt{2} -> equal
        \frac{1}{2}x ~ x/2 -> equal
        (1/2)x ~ x/2 -> equal
        1/2*x ~ x/2 -> equal
        1/(2x) ~ \frac{1}{2x} -> equal
        ",
    );
}

#[test]
fn a_difference_in_one_stretch_of_the_line_is_seen() {
    check_all(
        Kind::Expression,
        r"
        |x-100| ~ 100-x -> different
        |x-1000000000| ~ 1000000000-x -> different
        |x+100| ~ x+100 -> different
        ||x-100|-1| ~ |x-100|-1 -> different
        \sqrt{(x-500)^2} ~ x-500 -> different
        \sqrt{(x-500)^2} ~ |500-x| -> equal
        |x-y| ~ x-y -> different
        |x-y| ~ |y-x| -> equal
        \sqrt{x-1000000} ~ \sqrt{x-1000000}+1 -> different
        ",
    );
}
