//! Numbers as people write them: decimals, groups of three, a repeating part.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use crate::{DecimalMark, Rational, tree::Numeral};

/// A numeral at the start of `text` and the number of characters it takes; `None` if it is not one anybody reads.
/// `grouping` says whether marks between groups of three digits are skipped.
pub(crate) fn numeral(text: &[char], mark: DecimalMark, grouping: bool) -> Option<(Numeral, usize)> {
    let point = match mark {
        DecimalMark::Point => '.',
        DecimalMark::Comma => ',',
    };
    let (mut whole, mut used) = whole_part(text, mark, grouping);
    let mut places = None;
    let mut scale = 0;
    // In a country of decimal commas a point that cannot separate thousands is still a decimal point.
    let is_point = |c: char| c == point || (mark == DecimalMark::Comma && c == '.');
    let next = text.get(used).copied();
    let digit_after = text.get(used + 1).is_some_and(char::is_ascii_digit);
    if next.is_some_and(is_point) && digit_after {
        used += 1;
        while let Some(digit) = text.get(used).and_then(|c| c.to_digit(10)) {
            whole = whole * 10 + digit;
            scale += 1;
            used += 1;
        }
        places = Some(scale);
    } else if next.is_some_and(is_point)
        && text.get(used + 1) == Some(&'\\')
        && matches!(text.get(used + 2), Some('o' | 'b'))
    {
        // `0.\overline{3}`, `0.\bar{3}`: the repeating digits follow.
        used += 1;
        places = Some(0);
    } else if next == Some('.') && text.get(used + 1).is_none() && used > 0 {
        // A full stop at the end of the answer.
        used += 1;
    }
    let digits = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    if text.get(used).is_some_and(|c| *c == '.') && (digits(text.get(used + 1)) || text.get(used + 1) == Some(&'.')) {
        return None;
    }
    if used == 0 {
        return None;
    }
    let value = Rational::new(whole, BigInt::from(10).pow(scale));
    Some((Numeral { value, places }, used))
}

fn whole_part(text: &[char], mark: DecimalMark, grouping: bool) -> (BigInt, usize) {
    let run = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let mut digits: Vec<char> = text[..run].to_vec();
    let mut used = run;
    if (1..=3).contains(&run) && text[0] != '0' {
        while let Some((separator, group)) = group_of_three(&text[used..], mark, grouping) {
            digits.extend(group);
            used += separator + 3;
        }
    }
    let mut value = BigInt::zero();
    for chunk in digits.chunks(18) {
        let part: u64 = chunk.iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, digit| sum * 10 + u64::from(digit));
        value = value * BigInt::from(10).pow(chunk.len() as u32) + part;
    }
    (value, used)
}

/// Length of the separator and the three digits after it, where they are a group of thousands.
fn group_of_three(text: &[char], mark: DecimalMark, grouping: bool) -> Option<(usize, Vec<char>)> {
    let separator = separator_length(text, mark, grouping)?;
    let group: Vec<char> = text[separator..].iter().take(3).copied().collect();
    let followed_by_digit = text.get(separator + 3).is_some_and(char::is_ascii_digit);
    (group.len() == 3 && group.iter().all(char::is_ascii_digit) && !followed_by_digit).then_some((separator, group))
}

fn separator_length(text: &[char], mark: DecimalMark, grouping: bool) -> Option<usize> {
    let starts = |sign: &str| text.iter().take(sign.chars().count()).copied().eq(sign.chars());
    match (text.first()?, mark) {
        ('\u{202f}' | '\u{2009}' | '\u{a0}' | '’', _) => Some(1),
        ('\\', _) if starts("\\,") => Some(2),
        ('{', _) if starts("{,}") && mark == DecimalMark::Point => Some(3),
        ('.' | ' ', DecimalMark::Comma) => Some(1),
        (',', DecimalMark::Point) if grouping => Some(1),
        _ => None,
    }
}

/// The number with `digits` after its last decimal repeating for ever: `0.` and `3` make 1/3.
pub(crate) fn repeating(number: &Numeral, digits: &str) -> Option<Numeral> {
    if digits.is_empty() || digits.len() > 30 || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let ten = BigInt::from(10);
    let scale = ten.pow(number.places.unwrap_or(0));
    let period = ten.pow(digits.len() as u32) - BigInt::one();
    let tail = Rational::new(digits.parse().ok()?, scale * period);
    Some(Numeral { value: &number.value + tail, places: number.places.or(Some(0)) })
}
