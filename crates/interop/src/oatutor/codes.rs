//! Answer codes such as `125a128c`: two numbers, each with a letter for what it counts. Nobody writes an answer so, and whoever
//! solved the problem would be refused. Where the question itself says what the letters stand for, it asks for the two numbers in
//! that order instead.

/// How the upstream question begins to explain its code; from here to its end there is nothing else.
const LEGEND: &str = "(Answer in the form";

/// Two numbers and what letters they stand before.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    numbers: [String; 2],
    letters: [char; 2],
}

impl Code {
    /// Reads `125a128c`; the letters differ, or it would not say which number is which.
    pub fn read(key: &str) -> Option<Self> {
        let mut parts: Vec<(String, char)> = Vec::new();
        let mut number = String::new();
        for sign in key.replace("$$", "").trim().chars() {
            match sign {
                '0'..='9' => number.push(sign),
                'a'..='z' if !number.is_empty() => parts.push((std::mem::take(&mut number), sign)),
                _ => return None,
            }
        }
        let two: [(String, char); 2] = parts.try_into().ok()?;
        let [(first, a), (second, b)] = two;
        (number.is_empty() && a != b).then_some(Self { numbers: [first, second], letters: [a, b] })
    }

    /// The numbers in their order.
    pub fn list(&self) -> String {
        self.numbers.join(", ")
    }

    /// The ways to write the two numbers in their order; and the course's own code, in either order, for whoever knows it.
    pub fn accepted(&self) -> Vec<String> {
        let [first, second] = &self.numbers;
        let [a, b] = self.letters;
        vec![
            self.list(),
            format!("{first},{second}"),
            format!("({first}, {second})"),
            format!("{first}; {second}"),
            format!("{first} {second}"),
            format!("{first} and {second}"),
            format!("{first}{a}{second}{b}"),
            format!("{second}{b}{first}{a}"),
            format!("{first}{a}, {second}{b}"),
            format!("{second}{b}, {first}{a}"),
        ]
    }

    /// The question without its code, asking for the two numbers by name; none where it does not say what a letter stands for.
    pub fn asked_for(&self, question: &str) -> Option<String> {
        let (asks, legend) = question.split_once(LEGEND)?;
        let name = |letter| named(legend, letter).or_else(|| begins_with(asks, letter));
        let [first, second] = [name(self.letters[0])?, name(self.letters[1])?];
        Some(format!(
            "{} Enter the answer as two numbers with a comma between them: first {first}, then {second}.",
            asks.trim()
        ))
    }
}

/// `adult` for `a`, where the legend says `(adult $$=$$ a)`.
fn named(legend: &str, letter: char) -> Option<String> {
    let legend = legend.replace("$$", "");
    legend.split(['(', ',', ':', ')']).find_map(|piece| {
        let (name, stands_for) = piece.split_once('=')?;
        (stands_for.trim() == letter.to_string()).then(|| name.trim().to_owned()).filter(|name| !name.is_empty())
    })
}

/// The only words of the question's last sentence that begin with the letter: `child` for `c`. Words side by side are one name.
fn begins_with(asks: &str, letter: char) -> Option<String> {
    let asks = asks.trim().strip_suffix('?')?;
    let sentence = asks.rsplit(['?', '.']).next()?;
    let mut names: Vec<Vec<&str>> = vec![Vec::new()];
    for word in sentence.split_whitespace() {
        let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        if word.starts_with(letter) {
            names.last_mut()?.push(word);
        } else if names.last().is_some_and(|name| !name.is_empty()) {
            names.push(Vec::new());
        }
    }
    names.retain(|name| !name.is_empty());
    names.dedup();
    let [name] = &names[..] else { return None };
    Some(name.join(" ").trim_end_matches("’s").to_owned())
}

#[cfg(test)]
mod tests {
    use super::Code;
    use expect_test::{Expect, expect};

    fn check(key: &str, question: &str, expected: Expect) {
        let asked = Code::read(key).map(|code| (code.list(), code.asked_for(question)));
        expected.assert_eq(&format!("{asked:?}"));
    }

    #[test]
    fn what_the_letters_stand_for_is_read_from_the_question() {
        check(
            "$$4a9c$$",
            "How many adult and how many child tickets were sold? (Answer in the form with the number (adult $$=$$ a): 1a3c (not the answers))",
            expect![[
                r#"Some(("4, 9", Some("How many adult and how many child tickets were sold? Enter the answer as two numbers with a comma between them: first adult, then child.")))"#
            ]],
        );
        check(
            "80t120f",
            "How much of each? (Answer in the form with letters (25% solution $$=$$ $$t$$, 50% solution $$=$$ f): 2t3f)",
            expect![[
                r#"Some(("80, 120", Some("How much of each? Enter the answer as two numbers with a comma between them: first 25% solution, then 50% solution.")))"#
            ]],
        );
    }

    #[test]
    fn a_letter_of_two_meanings_or_none_is_not_guessed() {
        check(
            "4a9c",
            "How many adults, cats and tall camels? (Answer in the form (adult $$=$$ a): 1a3c)",
            expect![[r#"Some(("4, 9", None))"#]],
        );
        check("4a9c", "How many?", expect![[r#"Some(("4, 9", None))"#]]);
    }

    #[test]
    fn products_are_no_codes() {
        for key in ["4a", "4a9a", "a4c9", "4a9c2", "4ab"] {
            assert_eq!(Code::read(key), None, "{key}");
        }
    }
}
