//! How a person is addressed in a letter.

use super::{Formality, Salutation};
use crate::team::Language;

/// What the address of a letter depends on.
#[derive(Clone, Copy, Debug)]
pub struct Addressee<'a> {
    /// Herr, Frau, or nothing.
    pub salutation: Option<Salutation>,
    /// Academic titles as written.
    pub title: Option<&'a str>,
    /// First names.
    pub first: &'a str,
    /// Last name.
    pub last: &'a str,
    /// Du or Sie.
    pub formality: Formality,
}

impl Addressee<'_> {
    /// The line a letter begins with, without a comma at its end.
    ///
    /// German: `Sehr geehrte Frau Prof. Dr. Müller`, `Lieber Jens`; English: `Dear Dr Smith`, `Dear Jens`. Whoever has no salutation is greeted by the
    /// full name (`Guten Tag Kim Müller`, `Dear Kim Müller`), whoever has no name as everybody. Of the titles, German letters keep professor and
    /// doctor without their faculties, English ones the higher of the two. Where the first name is missing, friends are addressed like others.
    pub fn salutation_line(&self, language: Language) -> String {
        let is_friend = self.formality == Formality::Informal && !self.first.is_empty();
        match language {
            Language::De if is_friend => match self.salutation {
                Some(Salutation::Mr) => format!("Lieber {}", self.first),
                Some(Salutation::Ms) => format!("Liebe {}", self.first),
                None => format!("Hallo {}", self.first),
            },
            Language::En if is_friend => format!("Dear {}", self.first),
            _ if self.first.is_empty() && self.last.is_empty() => match language {
                Language::De => "Sehr geehrte Damen und Herren".to_owned(),
                Language::En => "Dear Sir or Madam".to_owned(),
            },
            Language::De => self.formal_german(),
            Language::En => self.formal_english(),
        }
    }

    /// The line above the street: `Frau Prof. Dr. Anna Müller`, `Herrn Jens Lohse`, `Ms Anna Müller`.
    pub fn address_line(&self, language: Language) -> String {
        let word = match (self.salutation, language) {
            (Some(Salutation::Mr), Language::De) => "Herrn",
            (Some(Salutation::Ms), Language::De) => "Frau",
            // In English a title takes the place of the salutation.
            (Some(Salutation::Mr), Language::En) if self.title.is_none() => "Mr",
            (Some(Salutation::Ms), Language::En) if self.title.is_none() => "Ms",
            _ => "",
        };
        join(&[word, self.title.unwrap_or_default(), self.first, self.last])
    }

    fn formal_german(&self) -> String {
        let titles = german_titles(self.title);
        match self.salutation {
            Some(Salutation::Mr) if !self.last.is_empty() => join(&["Sehr geehrter Herr", &titles, self.last]),
            Some(Salutation::Ms) if !self.last.is_empty() => join(&["Sehr geehrte Frau", &titles, self.last]),
            _ => join(&["Guten Tag", &titles, self.first, self.last]),
        }
    }

    fn formal_english(&self) -> String {
        if self.last.is_empty() {
            return join(&["Dear", self.first]);
        }
        let title = match (rank(self.title), self.salutation) {
            (Rank { professor: true, .. }, _) => "Professor",
            (Rank { doctor: true, .. }, _) => "Dr",
            (_, Some(Salutation::Mr)) => "Mr",
            (_, Some(Salutation::Ms)) => "Ms",
            _ => return join(&["Dear", self.first, self.last]),
        };
        join(&["Dear", title, self.last])
    }
}

/// The language letters to a person are written in: the first of the person's languages that letters can be written in, English for those who have
/// others only, else the given one.
pub fn letter_language(languages: &[String], otherwise: Language) -> Language {
    let known = languages.iter().find_map(|tag| tag.split('-').next().unwrap_or_default().parse().ok());
    known.unwrap_or(if languages.is_empty() { otherwise } else { Language::En })
}

/// Whether a word is an academic title or a part of one.
pub fn is_title(word: &str) -> bool {
    const PARTS: [&str; 25] = [
        "h.c", "hc", "med", "jur", "rer", "nat", "pol", "oec", "phil", "ing", "dipl", "habil", "mult", "ir", "mag", "di", "dip", "bsc",
        "msc", "mba", "pd", "priv", "doz", "univ", "em",
    ];
    let lower = word.to_lowercase();
    let first = lower.split(['.', '-']).next().unwrap_or_default();
    let is_written_as_one = lower.contains('.');
    matches!(first, "prof" | "professor" | "professorin" | "dr" | "doktor") || is_written_as_one && PARTS.contains(&first)
}

#[derive(Clone, Copy, Default)]
struct Rank {
    professor: bool,
    doctor: bool,
}

fn rank(title: Option<&str>) -> Rank {
    let mut rank = Rank::default();
    for word in title.unwrap_or_default().split_whitespace() {
        let lower = word.to_lowercase();
        rank.professor |= lower.contains("prof");
        rank.doctor |= lower.split(['.', '-', ',']).any(|part| part == "dr" || part == "doktor" || part == "phd");
    }
    rank
}

fn german_titles(title: Option<&str>) -> String {
    let rank = rank(title);
    join(&[if rank.professor { "Prof." } else { "" }, if rank.doctor { "Dr." } else { "" }])
}

fn join(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MR: Option<Salutation> = Some(Salutation::Mr);
    const MS: Option<Salutation> = Some(Salutation::Ms);

    fn formal<'a>(salutation: Option<Salutation>, title: &'a str, first: &'a str, last: &'a str) -> Addressee<'a> {
        Addressee { salutation, title: Some(title).filter(|title| !title.is_empty()), first, last, formality: Formality::Formal }
    }

    #[test]
    fn formal_letters_name_titles_and_last_name() {
        for (addressee, german, english) in [
            (formal(MS, "Prof. Dr.", "Anna", "Müller"), "Sehr geehrte Frau Prof. Dr. Müller", "Dear Professor Müller"),
            (formal(MR, "", "Jens", "Lohse"), "Sehr geehrter Herr Lohse", "Dear Mr Lohse"),
            (formal(MR, "Dr.-Ing.", "Jens", "Lohse"), "Sehr geehrter Herr Dr. Lohse", "Dear Dr Lohse"),
            (formal(MS, "Dr. rer. nat.", "Ida", "von Ahn"), "Sehr geehrte Frau Dr. von Ahn", "Dear Dr von Ahn"),
            (formal(MR, "Prof. Dr. Dr. h. c. mult.", "Max", "Ott"), "Sehr geehrter Herr Prof. Dr. Ott", "Dear Professor Ott"),
            (formal(MR, "Dipl.-Ing.", "Jörn", "Behn"), "Sehr geehrter Herr Behn", "Dear Mr Behn"),
            (formal(MR, "Dr", "John", "Smith"), "Sehr geehrter Herr Dr. Smith", "Dear Dr Smith"),
            (formal(MS, "", "Jane", "Smith"), "Sehr geehrte Frau Smith", "Dear Ms Smith"),
        ] {
            assert_eq!(addressee.salutation_line(Language::De), german);
            assert_eq!(addressee.salutation_line(Language::En), english);
        }
    }

    #[test]
    fn friends_are_called_by_their_first_name() {
        let friend = |salutation, first| Addressee { formality: Formality::Informal, ..formal(salutation, "Dr.", first, "Lohse") };
        assert_eq!(friend(MR, "Jens").salutation_line(Language::De), "Lieber Jens");
        assert_eq!(friend(MS, "Ida").salutation_line(Language::De), "Liebe Ida");
        assert_eq!(friend(None, "Kim").salutation_line(Language::De), "Hallo Kim");
        assert_eq!(friend(MR, "Jens").salutation_line(Language::En), "Dear Jens");
        assert_eq!(friend(MR, "").salutation_line(Language::De), "Sehr geehrter Herr Dr. Lohse", "without a first name as formal");
    }

    #[test]
    fn whoever_has_no_salutation_is_greeted_by_the_full_name() {
        let of = |title, first, last| formal(None, title, first, last);
        assert_eq!(of("", "Kim", "Müller").salutation_line(Language::De), "Guten Tag Kim Müller");
        assert_eq!(of("Dr.", "Kim", "Müller").salutation_line(Language::De), "Guten Tag Dr. Kim Müller");
        assert_eq!(of("", "Kim", "Müller").salutation_line(Language::En), "Dear Kim Müller");
        assert_eq!(of("Dr.", "Kim", "Müller").salutation_line(Language::En), "Dear Dr Müller");
        assert_eq!(formal(MS, "", "Maria", "").salutation_line(Language::De), "Guten Tag Maria");
        assert_eq!(formal(MS, "", "Maria", "").salutation_line(Language::En), "Dear Maria");
        assert_eq!(formal(MR, "", "", "").salutation_line(Language::De), "Sehr geehrte Damen und Herren");
        assert_eq!(of("", "", "").salutation_line(Language::En), "Dear Sir or Madam");
    }

    #[test]
    fn the_address_declines_the_salutation_and_keeps_all_titles() {
        assert_eq!(formal(MR, "Dr.-Ing.", "Jens", "Lohse").address_line(Language::De), "Herrn Dr.-Ing. Jens Lohse");
        assert_eq!(formal(MS, "", "Anna", "Müller").address_line(Language::De), "Frau Anna Müller");
        assert_eq!(formal(MS, "Dr", "Anna", "Müller").address_line(Language::En), "Dr Anna Müller");
        assert_eq!(formal(MR, "", "John", "Smith").address_line(Language::En), "Mr John Smith");
        assert_eq!(formal(None, "", "Kim", "Müller").address_line(Language::De), "Kim Müller");
    }

    #[test]
    fn letters_are_written_in_the_first_language_they_can_be() {
        let tags = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(letter_language(&tags("de en"), Language::En), Language::De);
        assert_eq!(letter_language(&tags("fr de-AT"), Language::En), Language::De);
        assert_eq!(letter_language(&tags("pl"), Language::De), Language::En);
        assert_eq!(letter_language(&[], Language::De), Language::De);
    }

    proptest! {
        #[test]
        fn a_line_never_has_gaps_and_names_whom_it_greets(
            salutation in prop_oneof![Just(None), Just(MR), Just(MS)],
            title in "(Prof\\. )?(Dr\\.)?",
            first in "[A-Z][a-z]{0,8}",
            last in "[A-Z][a-z]{1,8}",
            is_friend: bool,
        ) {
            let formality = if is_friend { Formality::Informal } else { Formality::Formal };
            let addressee = Addressee { formality, ..formal(salutation, title.trim(), &first, &last) };
            for language in Language::ALL {
                for line in [addressee.salutation_line(language), addressee.address_line(language)] {
                    prop_assert!(!line.contains("  ") && line.trim() == line);
                    prop_assert!(line.ends_with(if is_friend && !line.ends_with(&last) { &first } else { &last }), "{}", line);
                }
            }
        }
    }
}
