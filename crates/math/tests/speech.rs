//! Formulas in words, in both languages.

use math::{DecimalMark, Kind, Lang, read, speak};

fn said(text: &str, kind: Kind, lang: Lang) -> String {
    speak(&read(text, kind, DecimalMark::Point).expect("it can be read"), lang)
}

fn check(text: &str, kind: Kind, english: &str, spanish: &str) {
    assert_eq!(said(text, kind, Lang::English), english);
    assert_eq!(said(text, kind, Lang::Spanish), spanish);
}

#[test]
fn fractions_are_closed_aloud_unless_they_are_short() {
    check("\\frac{3}{4}", Kind::Number, "3 over 4", "3 sobre 4");
    check(
        "\\frac{x^2+3}{4}",
        Kind::Expression,
        "fraction, x squared plus 3, over 4, end fraction",
        "fracción, x al cuadrado más 3, sobre 4, fin de fracción",
    );
    check("2 1/2", Kind::Number, "2 and 1 over 2", "2 y 1 sobre 2");
}

#[test]
fn powers_and_roots_say_where_they_end() {
    check("x^3", Kind::Expression, "x cubed", "x al cubo");
    check("x^5", Kind::Expression, "x to the power 5", "x elevado a 5");
    check("2^{n+1}", Kind::Expression, "2 to the power n plus 1, end power", "2 elevado a n más 1, fin de exponente");
    check(
        "(a+b)^2",
        Kind::Expression,
        "open bracket a plus b close bracket squared",
        "abre paréntesis a más b cierra paréntesis al cuadrado",
    );
    check("\\sqrt{2}", Kind::Number, "the square root of 2", "la raíz cuadrada de 2");
    check(
        "\\sqrt{x+1}",
        Kind::Expression,
        "the square root of x plus 1, end root",
        "la raíz cuadrada de x más 1, fin de raíz",
    );
    check("\\sqrt[3]{8}", Kind::Number, "the cube root of 8", "la raíz cúbica de 8");
    check("\\sqrt[5]{32}", Kind::Number, "the root with index 5 of 32", "la raíz de índice 5 de 32");
    check(
        "|x-3|",
        Kind::Expression,
        "the absolute value of x minus 3, end absolute value",
        "el valor absoluto de x menos 3, fin de valor absoluto",
    );
}

#[test]
fn relations_points_and_intervals_are_sentences() {
    check("x>=-2", Kind::Inequality, "x is greater than or equal to minus 2", "x es mayor o igual que menos 2");
    check(
        "-1<x<=4",
        Kind::Inequality,
        "minus 1 is less than x is less than or equal to 4",
        "menos 1 es menor que x es menor o igual que 4",
    );
    check("(3,-2)", Kind::Point, "the point 3, minus 2, end point", "el punto 3, menos 2, fin de punto");
    check(
        "[2, infinity)",
        Kind::Interval,
        "the interval from 2 included to infinity",
        "el intervalo de 2 incluido a infinito",
    );
    check("3:4", Kind::Ratio, "the ratio 3 to 4", "la razón 3 a 4");
}

#[test]
fn numbers_use_the_language_s_mark_and_capitals_are_named() {
    check("3.5", Kind::Number, "3.5", "3,5");
    check("50%", Kind::Number, "50 percent", "50 por ciento");
    check("3A", Kind::Expression, "3 capital A", "3 mayúscula A");
    check(
        "3(x+4)",
        Kind::Expression,
        "3 open bracket x plus 4 close bracket",
        "3 abre paréntesis x más 4 cierra paréntesis",
    );
}

#[test]
fn different_formulas_do_not_sound_alike() {
    let formulas = [
        "\\frac{x}{2}+1",
        "\\frac{x}{2+1}",
        "\\frac{x+1}{2}",
        "x+\\frac{1}{2}",
        "2^{x}+1",
        "2^{x+1}",
        "(2+x)^2",
        "2+x^2",
        "\\sqrt{x}+1",
        "\\sqrt{x+1}",
        "|x|+1",
        "|x+1|",
        "-x^2",
        "(-x)^2",
        "x-y",
        "xy",
        "x*y+1",
        "x(y+1)",
        "a",
        "A",
    ];
    for lang in [Lang::English, Lang::Spanish] {
        let mut all: Vec<String> = formulas.iter().map(|text| said(text, Kind::Expression, lang)).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), formulas.len(), "{all:?}");
    }
}
