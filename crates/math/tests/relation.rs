//! Equations and inequalities.

mod tables;

use math::Kind;
use tables::check_all;

#[test]
fn equations_in_one_letter_have_the_same_solutions() {
    check_all(
        Kind::Equation,
        r"
        2x=6 ~ x=3 -> equal
        x=3 ~ y=3 -> different
        x=3 or x=-3 ~ x^2=9 -> equal
        x=\pm3 ~ |x|=3 -> equal
        x=3 ~ x^2=9 -> different
        x^2-x-1=0 ~ x=\frac{1\pm\sqrt5}{2} -> equal
        x=1.4142135623730950488 ~ x=\sqrt2 -> different
        x^2=-4 ~ x^2=-9 -> undecided
        \frac{x^2-4}{x-2}=0 ~ x=-2 -> equal
        -7 ~ x=-7 -> equal
        14m+27=14m-22 ~ 14m+27=14m-21 -> undecided
        ",
    );
}

#[test]
fn equations_in_several_letters_are_constant_multiples() {
    check_all(
        Kind::Equation,
        r"
        y=2x+1 ~ 2x-y=-1 -> equal
        y=2x+1 ~ 2y=4x+2 -> equal
        y=2x+1 ~ y=2x-1 -> different
        s=6t ~ 6s=t -> different
        A=\pi r^2 ~ \frac{A}{\pi}=r^2 -> equal
        ",
    );
}

#[test]
fn inequalities_have_the_same_solutions() {
    check_all(
        Kind::Inequality,
        r"
        -2x<6 ~ x>-3 -> equal
        x>3 ~ x>=3 -> different
        -2<x\le5 ~ x>-2 and x<=5 -> equal
        |x-1|>=2 ~ x<=-1 or x>=3 -> equal
        x^2<4 ~ -2<x<2 -> equal
        x^2>2 ~ x<-\sqrt2 or x>\sqrt2 -> equal
        \frac1x>1 ~ 0<x<1 -> equal
        y>2x ~ -y<-2x -> equal
        y>2x ~ y<2x -> different
        {x | x>3} ~ x>3 -> equal
        ",
    );
}

#[test]
fn what_is_left_out_is_left_out_together() {
    check_all(
        Kind::Inequality,
        r"
        x≠±3 ~ x≠±√2 -> different
        x≠±1 ~ x≠±2 -> different
        x≠±3 ~ x≠0 or x≠7 -> different
        x≠±1 ~ x≠1 and x≠-1 -> equal
        x≠3 and x≠-3 ~ x≠±3 -> equal
        x≠1, x≠2 ~ x≠1 and x≠2 -> equal
        x≠1, 2 ~ x≠2, x≠1 -> equal
        x≠1, x≠2 ~ x≠1 or x≠2 -> different
        x≠1, x≠2 ~ x≠1, x≠3 -> different
        x≠1, x≠-1 ~ x^2≠1 -> equal
        x≠±1 and x≠2 ~ x≠1, x≠-1, x≠2 -> equal
        x≠0 or x≠7 ~ x≠1 or x≠2 -> equal
        y≠±x ~ y≠x and y≠-x -> equal
        y≠±x ~ y≠±2x -> different
        ",
    );
}

#[test]
fn a_choice_is_no_system() {
    check_all(
        Kind::Equation,
        r"
        x=7 or y=4 ~ x=7 and y=4 -> different
        x=7 or y=4 ~ x=7, y=4 -> different
        x=7, y=4 ~ x=7 or y=4 -> different
        y=2x or y=3 ~ y=2x and y=3 -> different
        y=±x ~ y=x and y=-x -> different
        y=±x ~ y=x or y=-x -> equal
        x=7 or y=4 ~ y=4 or x=7 -> equal
        x=7 and y=4 ~ y=4, x=7 -> equal
        x=1 and x=2 ~ x=1 or x=2 -> equal
        x=1, x=2 ~ x=1 or x=2 -> equal
        ",
    );
    check_all(Kind::Inequality, "x>1, y<2 ~ x>1 or y<2 -> different");
}

#[test]
fn two_equations_with_a_space_between_are_not_a_chain() {
    check_all(Kind::Equation, "x-y=8 y-z=-15 z=1 ~ z=1 -> ambiguous");
}
