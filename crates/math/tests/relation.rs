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
        -7 ~ x=-7 -> different
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
fn two_equations_with_a_space_between_are_not_a_chain() {
    check_all(Kind::Equation, "x-y=8 y-z=-15 z=1 ~ z=1 -> ambiguous");
}
