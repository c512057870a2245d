//! A few words, compared without case, spaces, end marks and accents. `ñ` is a letter of its own: *ano* is not *año*.

use super::Judgement;
use curriculum::Text;

/// Right when the words are those of an accepted answer, in whichever language it was written.
pub(super) fn judge(accepted: &[Text], text: &str) -> Judgement {
    let given = plain(text);
    if given.is_empty() {
        return Judgement::unreadable("empty", Some(0));
    }
    Judgement::of(accepted.iter().flat_map(|text| text.0.values()).any(|answer| plain(answer) == given))
}

/// What counts of a short text.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars().flat_map(char::to_lowercase) {
        match sign {
            // A tilde that follows its n is the same letter as ñ.
            '\u{303}' if plain.ends_with('n') => {
                plain.pop();
                plain.push('ñ');
            }
            '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            sign if sign.is_whitespace() => {}
            '−' | '–' | '‐' => plain.push('-'),
            '’' | '‘' => plain.push('\''),
            '“' | '”' | '«' | '»' => plain.push('"'),
            sign => plain.push_str(unaccented(sign).encode_utf8(&mut [0; 4])),
        }
    }
    let ends = |sign: char| matches!(sign, '.' | '!' | '?' | ',' | ';' | ':' | '"' | '¡' | '¿' | '…');
    let trimmed = plain.trim_matches(ends);
    if trimmed.is_empty() { plain } else { trimmed.to_owned() }
}

/// A small letter without its accent.
fn unaccented(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ō' | 'ő' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ç' | 'ć' | 'č' => 'c',
        'ś' | 'š' | 'ş' => 's',
        'ź' | 'ž' | 'ż' => 'z',
        other => other,
    }
}
