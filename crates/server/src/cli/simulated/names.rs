//! Names of the students of a demo school, from many places; the first three are the ones with a story.

/// Given name and family name.
pub const NAMES: [(&str, &str); 48] = [
    ("Leo", "Ramírez"),
    ("Mia", "Johansson"),
    ("Omar", "Farouk"),
    ("Aaliyah", "Brooks"),
    ("Amir", "Haddad"),
    ("Ben", "Li"),
    ("Chiara", "Esposito"),
    ("Darnell", "Washington"),
    ("Elena", "Petrova"),
    ("Fatima", "Zahra"),
    ("Grace", "Nakamura"),
    ("Hana", "Kovačević"),
    ("ليلى", "حداد"),
    ("Jamal", "Carter"),
    ("Kai", "Nakoa"),
    ("Łukasz", "Wójcik"),
    ("María José", "Ibáñez"),
    ("Noor", "Siddiqui"),
    ("Oluwaseun", "Adeyemi"),
    ("Priya", "Raman"),
    ("Quinn", "O’Connor"),
    ("Rosa", "Gutiérrez"),
    ("Søren", "Lindqvist"),
    ("Thanh", "Nguyễn"),
    ("Uma", "Krishnan"),
    ("Valentina", "Rossi"),
    ("Wei", "Zhang"),
    ("Ximena", "Peña"),
    ("Yusuf", "Demir"),
    ("Zoë", "van Dijk"),
    ("Tomás", "Álvarez"),
    ("Ayşe", "Yılmaz"),
    ("Björn", "Þórsson"),
    ("Camille", "Dubois"),
    ("Dmytro", "Shevchenko"),
    ("Esi", "Mensah"),
    ("Finn", "Gallagher"),
    ("Giulia", "Conti"),
    ("Hiroshi", "Tanaka"),
    ("Ingrid", "Solberg"),
    ("José", "Núñez"),
    ("Kofi", "Boateng"),
    ("Lucía", "Muñoz"),
    ("Malik", "Johnson"),
    ("Nadia", "Rahman"),
    ("Oskar", "Schäfer"),
    ("Paolo", "Ferrari"),
    ("Rania", "Khalil"),
];

/// Any number of names; beyond the list a number is added to the family name.
pub fn names(count: usize, from: usize) -> Vec<(String, String)> {
    (from..from + count)
        .map(|nth| {
            let (given, family) = NAMES[nth % NAMES.len()];
            match nth / NAMES.len() {
                0 => (given.to_owned(), family.to_owned()),
                again => (given.to_owned(), format!("{family} {}", again + 1)),
            }
        })
        .collect()
}
