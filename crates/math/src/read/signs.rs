//! Signs with a digit or a fraction in them: raised, lowered, `½`.

pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() && superscript(c).is_none() && !matches!(c, 'ª' | 'º')
}

#[derive(Clone, Copy)]
pub(super) enum Superscript {
    Digit(char),
    Other(char),
}

/// The index that small raised digits before a root sign may be: 3 and more, and of two digits at most.
pub(super) fn index_of_root(raised: &[(Superscript, usize)]) -> Option<i64> {
    if raised.len() > 2 {
        return None;
    }
    let digit = |(sign, _): &(Superscript, usize)| match sign {
        Superscript::Digit(digit) => digit.to_digit(10).map(i64::from),
        Superscript::Other(_) => None,
    };
    raised.iter().try_fold(0, |index, sign| Some(index * 10 + digit(sign)?)).filter(|index| *index >= 3)
}

pub(super) fn lowered_digit(c: char) -> Option<char> {
    matches!(c, '₀'..='₉').then(|| char::from_digit(c as u32 - '₀' as u32, 10)).flatten()
}

pub(super) fn superscript(c: char) -> Option<Superscript> {
    Some(match c {
        '⁰' => Superscript::Digit('0'),
        '¹' => Superscript::Digit('1'),
        '²' => Superscript::Digit('2'),
        '³' => Superscript::Digit('3'),
        '⁴'..='⁹' => Superscript::Digit(char::from_digit(c as u32 - '⁰' as u32, 10)?),
        '⁻' => Superscript::Other('−'),
        '⁺' => Superscript::Other('+'),
        'ⁿ' => Superscript::Other('n'),
        'ˣ' => Superscript::Other('x'),
        _ => return None,
    })
}

pub(super) fn vulgar(c: char) -> Option<(i64, i64)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    })
}
