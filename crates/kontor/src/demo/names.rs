//! Names for invented companies: stems that no two accounts share, so that nobody looks like a corporate group by accident.

use kontor_ledger::generate::random::Random;

#[rustfmt::skip]
const GERMAN_STEMS: [&str; 30] = [
    "Alders", "Bolken", "Brensch", "Dalling", "Ebbers", "Fenken", "Garsten", "Haveloh", "Ilmers", "Jessen", "Kolden", "Lammers", "Mergel",
    "Nettel", "Ohlen", "Pinken", "Quendel", "Rastel", "Selken", "Tarmel", "Ummel", "Vessel", "Wacken", "Zimmel", "Ahrens", "Drosten", "Hünger",
    "Krumm", "Mösel", "Strömm",
];
const GERMAN_ENDINGS: [&str; 13] =
    ["bach", "berg", "brink", "dorf", "feld", "hagen", "holt", "hoop", "kamp", "lage", "rode", "stedt", "wede"];
#[rustfmt::skip]
const DUTCH: [&str; 14] = [
    "Brinkveen", "Haarloo", "Kuipersluis", "Meerwolde", "Oosterlaak", "Ruitenhof", "Schalkveen", "Terwoude", "Veldhoeve", "Wolderdam",
    "Zandkuil", "Lageweide", "Hoogmeer", "Dijkermans",
];
#[rustfmt::skip]
const POLISH: [&str; 9] = [
    "Dobrowal", "Jasnopol", "Kamionex", "Lesnobor", "Metrawit", "Polmarex", "Radomiar", "Stalobud", "Wisnotech",
];
const CZECH: [&str; 8] = ["Havrovec", "Lipenka", "Moravit", "Olsanka", "Pradex", "Strojmel", "Tesnovar", "Zelivar"];
const DANISH: [&str; 6] = ["Egelund", "Fjordholt", "Granskov", "Havnebro", "Lyngtoft", "Ravnkilde"];

/// An industry and the words that stand for it in German company names.
type Industry = (&'static str, &'static [&'static str]);

#[rustfmt::skip]
const INDUSTRIES: [Industry; 15] = [
    ("Maschinenbau", &["Maschinenbau", "Sondermaschinen", "Werkzeugmaschinen", "Apparatebau"]),
    ("Intralogistik", &["Intralogistik", "Lagersysteme", "Logistik"]),
    ("Verpackung", &["Verpackungen", "Kartonagen", "Packmittel"]),
    ("Fördertechnik", &["Fördertechnik", "Förderanlagen"]),
    ("Lebensmittel", &["Lebensmittel", "Molkerei", "Backwaren", "Fleischwaren", "Mühlenwerke"]),
    ("Papier und Druck", &["Papier", "Druckhaus"]),
    ("Stahl und Metall", &["Metallbau", "Stahlhandel", "Gießerei", "Blechtechnik"]),
    ("Chemie und Kunststoff", &["Chemie", "Kunststofftechnik"]),
    ("Automobilzulieferer", &["Automotive", "Fahrzeugteile"]),
    ("Holz und Möbel", &["Holzwerke", "Möbelwerke", "Sägewerk"]),
    ("Baustoffe und Steine", &["Baustoffe", "Betonwerk", "Kieswerke"]),
    ("Landtechnik", &["Landtechnik", "Landmaschinen"]),
    ("Technischer Handel", &["Industriebedarf", "Antriebselemente", "Technikhandel"]),
    ("Energie und Umwelt", &["Windservice", "Recycling", "Biogas"]),
    ("Hafen und Schiffbau", &["Hafenbetriebe", "Schiffstechnik"]),
];

/// A country whose companies have names of their own kind. The words for its trades stand for the first three industries.
struct Country {
    code: &'static str,
    stems: &'static [&'static str],
    trades: [&'static str; 3],
    form: &'static str,
}

const COUNTRIES: [Country; 4] = [
    Country { code: "NL", stems: &DUTCH, trades: ["Machinebouw", "Transporttechniek", "Verpakkingen"], form: "B.V." },
    Country { code: "PL", stems: &POLISH, trades: ["Maszyny", "Logistyka", "Opakowania"], form: "Sp. z o.o." },
    Country { code: "CZ", stems: &CZECH, trades: ["Strojírna", "Logistika", "Obaly"], form: "s.r.o." },
    Country { code: "DK", stems: &DANISH, trades: ["Maskinfabrik", "Transportteknik", "Emballage"], form: "A/S" },
];

/// How many of the others are Austrian.
const AUSTRIANS: usize = 24;

/// A company without a story: what it is called, where it is, what it makes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Company {
    stem: (&'static str, &'static str),
    trade: &'static str,
    form: &'static str,
    /// ISO code of its country.
    pub(super) country: &'static str,
    pub(super) industry: &'static str,
}

impl Company {
    pub(super) fn name(&self) -> String {
        format!("{}{} {} {}", self.stem.0, self.stem.1, self.trade, self.form)
    }
}

/// So many companies in random order; at most 427, as each has a stem of its own.
pub(super) fn companies(count: usize, random: &mut Random) -> Vec<Company> {
    let mut companies: Vec<Company> = COUNTRIES
        .iter()
        .flat_map(|country| country.stems.iter().map(move |stem| (country, stem)))
        .map(|(country, stem)| abroad(country, stem, random))
        .collect();
    let mut stems: Vec<(&str, &str)> = GERMAN_STEMS.iter().flat_map(|stem| GERMAN_ENDINGS.map(|ending| (*stem, ending))).collect();
    random.shuffle(&mut stems);
    let german = count.saturating_sub(companies.len());
    for (n, stem) in stems.into_iter().take(german).enumerate() {
        let (industry, trades) = *random.pick(&INDUSTRIES);
        let is_austrian = n < AUSTRIANS;
        let forms: &[&str] = if is_austrian {
            &["GmbH", "GmbH", "AG"]
        } else {
            &["GmbH", "GmbH", "GmbH", "GmbH & Co. KG", "GmbH & Co. KG", "AG", "KG", "e.K."]
        };
        let (&trade, &form) = (random.pick(trades), random.pick(forms));
        companies.push(Company { stem, trade, form, country: if is_austrian { "AT" } else { "DE" }, industry });
    }
    companies.truncate(count);
    random.shuffle(&mut companies);
    companies
}

fn abroad(country: &Country, stem: &'static str, random: &mut Random) -> Company {
    let trade = random.below(country.trades.len() as u32) as usize;
    Company { stem: (stem, ""), trade: country.trades[trade], form: country.form, country: country.code, industry: INDUSTRIES[trade].0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_companies_share_a_stem() {
        let companies = companies(427, &mut Random::new(1));
        assert_eq!(companies.len(), 427);
        let stems: BTreeSet<String> =
            companies.iter().map(|company| company.name().split(' ').next().unwrap_or_default().to_owned()).collect();
        assert_eq!(stems.len(), 427);
        assert_eq!(companies.iter().filter(|company| company.country == "AT").count(), 24);
    }
}
