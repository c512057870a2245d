//! Chance, drawn from the operating system. The shell draws it; the pure crates get seeds.

/// Fills an array with random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// 64 random bits.
pub fn u64() -> u64 {
    u64::from_le_bytes(bytes())
}

/// A secret for links and sessions: 32 random bytes in hexadecimal.
pub fn token() -> String {
    hex(&bytes::<32>())
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A class code: six letters and digits that are not mistaken for each other.
pub fn class_code() -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    bytes::<6>().iter().map(|byte| char::from(LETTERS[*byte as usize % LETTERS.len()])).collect()
}
