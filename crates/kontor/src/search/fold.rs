//! Texts as people type them: without capitals, umlauts spelled either way.

/// Appends a text in lower case, umlauts and accents spelled out, words by single blanks; points and apostrophes vanish.
pub fn fold(text: &str, into: &mut String) {
    let mut was_blank = into.is_empty() || into.ends_with(' ');
    for letter in text.chars().flat_map(char::to_lowercase) {
        let spelled = match letter {
            'ä' | 'æ' => "ae",
            'ö' | 'ø' | 'œ' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'à' | 'á' | 'â' | 'ã' | 'ą' | 'ă' => "a",
            'å' => "aa",
            'ç' | 'č' | 'ć' => "c",
            'è' | 'é' | 'ê' | 'ë' | 'ě' | 'ę' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ł' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ò' | 'ó' | 'ô' | 'õ' => "o",
            'ř' => "r",
            'š' | 'ś' | 'ș' => "s",
            'ť' | 'ț' => "t",
            'ù' | 'ú' | 'û' | 'ů' => "u",
            'ý' | 'ÿ' => "y",
            'ž' | 'ź' | 'ż' => "z",
            letter if letter.is_alphanumeric() => {
                into.push(letter);
                was_blank = false;
                continue;
            }
            '.' | '\'' | '’' => "",
            _ if was_blank => "",
            _ => " ",
        };
        into.push_str(spelled);
        was_blank = was_blank && spelled.is_empty() || spelled == " ";
    }
    while into.ends_with(' ') {
        into.pop();
    }
}

#[cfg(test)]
mod tests {
    fn folded(text: &str) -> String {
        let mut folded = String::new();
        super::fold(text, &mut folded);
        folded
    }

    #[test]
    fn words_are_apart_by_one_blank_and_have_no_accents() {
        assert_eq!(folded("  Söhnke & Cie. KG "), "soehnke cie kg");
        assert_eq!(folded("Größe/Länge: 5,3–7"), "groesse laenge 5 3 7");
        assert_eq!(folded("Łódź  O’Neill"), "lodz oneill");
        assert_eq!(folded(" & . "), "");
    }
}
