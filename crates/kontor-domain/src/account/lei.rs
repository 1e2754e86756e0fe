//! Legal entity identifiers (ISO 17442).

use super::Wrong;

/// Checks a LEI: 18 letters and digits, then two check digits, so that the whole, letters as 10 to 35, leaves 1 when divided by 97 (ISO 7064 MOD 97-10).
/// Blanks are passed over, small letters made large.
pub fn check(text: &str) -> Result<String, Wrong> {
    let lei: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect();
    let has_form =
        lei.len() == 20 && lei.bytes().all(|byte| byte.is_ascii_alphanumeric()) && lei[18..].bytes().all(|byte| byte.is_ascii_digit());
    if !has_form {
        return Err(Wrong::LeiForm);
    }
    if mod_97(&lei) == 1 { Ok(lei) } else { Err(Wrong::LeiCheck) }
}

/// The remainder by 97 of the number that a text of digits and letters stands for, letters as 10 to 35.
pub(super) fn mod_97(text: &str) -> u32 {
    text.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, value| if value < 10 { rest * 10 + value } else { rest * 100 + value } % 97)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digits_must_be_right() {
        for (lei, plain) in [("529900T8BM49AURSDO55", "529900T8BM49AURSDO55"), ("7ltw fzyi cnsx 8d62 1k86", "7LTWFZYICNSX8D621K86")] {
            assert_eq!(check(lei).as_deref(), Ok(plain));
        }
        assert_eq!(check("529900T8BM49AURSDO56"), Err(Wrong::LeiCheck));
        assert_eq!(check("592900T8BM49AURSDO55"), Err(Wrong::LeiCheck), "two digits swapped");
        for short in ["", "529900T8BM49AURSDO5", "529900T8BM49AURSDOAB", "529900T8BM49AURSÖ55X"] {
            assert_eq!(check(short), Err(Wrong::LeiForm), "{short}");
        }
    }
}
