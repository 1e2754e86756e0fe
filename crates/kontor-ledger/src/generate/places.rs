//! Cities with a postal code of theirs, for invented companies.

/// Where a company has its seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// ISO 3166 code of the country.
    pub country: &'static str,
    /// A postal code of the city, written as in its country.
    pub postal_code: &'static str,
    /// The city, as a German would write it in the language of the place.
    pub city: &'static str,
}

const fn place(country: &'static str, postal_code: &'static str, city: &'static str) -> Place {
    Place { country, postal_code, city }
}

/// The places: 96 in Germany first, then neighbours. Every name can be written in Windows-1252.
pub const PLACES: [Place; 126] = [
    place("DE", "28195", "Bremen"),
    place("DE", "20095", "Hamburg"),
    place("DE", "30159", "Hannover"),
    place("DE", "10115", "Berlin"),
    place("DE", "80331", "München"),
    place("DE", "50667", "Köln"),
    place("DE", "60311", "Frankfurt am Main"),
    place("DE", "70173", "Stuttgart"),
    place("DE", "40213", "Düsseldorf"),
    place("DE", "44135", "Dortmund"),
    place("DE", "45127", "Essen"),
    place("DE", "04109", "Leipzig"),
    place("DE", "01067", "Dresden"),
    place("DE", "90402", "Nürnberg"),
    place("DE", "47051", "Duisburg"),
    place("DE", "44787", "Bochum"),
    place("DE", "42103", "Wuppertal"),
    place("DE", "33602", "Bielefeld"),
    place("DE", "48143", "Münster"),
    place("DE", "76133", "Karlsruhe"),
    place("DE", "68159", "Mannheim"),
    place("DE", "86150", "Augsburg"),
    place("DE", "65183", "Wiesbaden"),
    place("DE", "45879", "Gelsenkirchen"),
    place("DE", "41061", "Mönchengladbach"),
    place("DE", "38100", "Braunschweig"),
    place("DE", "09111", "Chemnitz"),
    place("DE", "24103", "Kiel"),
    place("DE", "52062", "Aachen"),
    place("DE", "06108", "Halle (Saale)"),
    place("DE", "39104", "Magdeburg"),
    place("DE", "79098", "Freiburg im Breisgau"),
    place("DE", "47798", "Krefeld"),
    place("DE", "23552", "Lübeck"),
    place("DE", "46045", "Oberhausen"),
    place("DE", "99084", "Erfurt"),
    place("DE", "55116", "Mainz"),
    place("DE", "18055", "Rostock"),
    place("DE", "34117", "Kassel"),
    place("DE", "58095", "Hagen"),
    place("DE", "66111", "Saarbrücken"),
    place("DE", "14467", "Potsdam"),
    place("DE", "67059", "Ludwigshafen am Rhein"),
    place("DE", "26122", "Oldenburg"),
    place("DE", "51373", "Leverkusen"),
    place("DE", "49074", "Osnabrück"),
    place("DE", "42651", "Solingen"),
    place("DE", "69117", "Heidelberg"),
    place("DE", "64283", "Darmstadt"),
    place("DE", "33098", "Paderborn"),
    place("DE", "93047", "Regensburg"),
    place("DE", "85049", "Ingolstadt"),
    place("DE", "97070", "Würzburg"),
    place("DE", "38440", "Wolfsburg"),
    place("DE", "89073", "Ulm"),
    place("DE", "74072", "Heilbronn"),
    place("DE", "37073", "Göttingen"),
    place("DE", "27568", "Bremerhaven"),
    place("DE", "56068", "Koblenz"),
    place("DE", "57072", "Siegen"),
    place("DE", "07743", "Jena"),
    place("DE", "07545", "Gera"),
    place("DE", "31134", "Hildesheim"),
    place("DE", "03046", "Cottbus"),
    place("DE", "26721", "Emden"),
    place("DE", "26382", "Wilhelmshaven"),
    place("DE", "21682", "Stade"),
    place("DE", "27283", "Verden (Aller)"),
    place("DE", "27472", "Cuxhaven"),
    place("DE", "32423", "Minden"),
    place("DE", "33330", "Gütersloh"),
    place("DE", "59555", "Lippstadt"),
    place("DE", "72764", "Reutlingen"),
    place("DE", "73728", "Esslingen am Neckar"),
    place("DE", "97421", "Schweinfurt"),
    place("DE", "94032", "Passau"),
    place("DE", "08056", "Zwickau"),
    place("DE", "19053", "Schwerin"),
    place("DE", "24937", "Flensburg"),
    place("DE", "29221", "Celle"),
    place("DE", "21335", "Lüneburg"),
    place("DE", "31785", "Hameln"),
    place("DE", "48529", "Nordhorn"),
    place("DE", "49808", "Lingen (Ems)"),
    place("DE", "54290", "Trier"),
    place("DE", "67655", "Kaiserslautern"),
    place("DE", "77652", "Offenburg"),
    place("DE", "78462", "Konstanz"),
    place("DE", "87435", "Kempten (Allgäu)"),
    place("DE", "95444", "Bayreuth"),
    place("DE", "95028", "Hof"),
    place("DE", "96450", "Coburg"),
    place("DE", "36037", "Fulda"),
    place("DE", "35390", "Gießen"),
    place("DE", "98527", "Suhl"),
    place("DE", "44623", "Herne"),
    place("AT", "1010", "Wien"),
    place("AT", "8010", "Graz"),
    place("AT", "4020", "Linz"),
    place("AT", "5020", "Salzburg"),
    place("AT", "6020", "Innsbruck"),
    place("AT", "9020", "Klagenfurt am Wörthersee"),
    place("AT", "4600", "Wels"),
    place("AT", "4400", "Steyr"),
    place("CH", "8001", "Zürich"),
    place("CH", "4051", "Basel"),
    place("CH", "3011", "Bern"),
    place("CH", "8400", "Winterthur"),
    place("NL", "3011 AD", "Rotterdam"),
    place("NL", "5611 EM", "Eindhoven"),
    place("NL", "9712 HN", "Groningen"),
    place("NL", "7511 HC", "Enschede"),
    place("NL", "6811 DG", "Arnhem"),
    place("PL", "31-004", "Kraków"),
    place("PL", "40-098", "Katowice"),
    place("PL", "45-015", "Opole"),
    place("PL", "44-100", "Gliwice"),
    place("PL", "20-109", "Lublin"),
    place("CZ", "602 00", "Brno"),
    place("CZ", "702 00", "Ostrava"),
    place("CZ", "460 01", "Liberec"),
    place("CZ", "779 00", "Olomouc"),
    place("CZ", "760 01", "Zlín"),
    place("DK", "8000", "Aarhus"),
    place("DK", "6000", "Kolding"),
    place("DK", "5000", "Odense"),
];

/// The places of one country, by its code; empty for a country without any.
pub fn of_country(country: &str) -> impl Iterator<Item = &'static Place> {
    PLACES.iter().filter(move |place| place.country == country)
}

/// The place of this name, if it is listed.
pub fn named(city: &str) -> Option<&'static Place> {
    PLACES.iter().find(|place| place.city == city)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postal_codes_have_the_form_of_their_country() {
        for place in &PLACES {
            let form: String = place
                .postal_code
                .chars()
                .map(|c| {
                    if c.is_ascii_digit() {
                        '9'
                    } else if c.is_ascii_uppercase() {
                        'A'
                    } else {
                        c
                    }
                })
                .collect();
            let expected = match place.country {
                "DE" => "99999",
                "AT" | "CH" | "DK" => "9999",
                "NL" => "9999 AA",
                "PL" => "99-999",
                "CZ" => "999 99",
                _ => "no such country",
            };
            assert_eq!(form, expected, "{}", place.city);
        }
    }

    #[test]
    fn every_city_is_listed_once() {
        for place in &PLACES {
            assert_eq!(PLACES.iter().filter(|other| other.city == place.city).count(), 1, "{}", place.city);
        }
        assert_eq!(of_country("DE").count(), 96);
    }
}
