//! What the team of the demo company thinks of its customers: ratings of last year and of now.

use chrono::{Days, NaiveDate};
use kontor_domain::rights::{Via, Viewer};

use super::open::DemoError;
use crate::fault::Fault;
use crate::office::Office;
use crate::scoring::actions;
use crate::scoring::forms::RatingInput;
use crate::scoring::store::StoredCriterion;
use crate::team::store::User;
use crate::{settings, team, valuation};

/// The criteria that are rated, in the order of the columns below.
const CRITERIA: [&str; 5] = ["strategic_partner", "innovation", "early_versions", "surplus", "opinion_leader"];

/// One account's ratings: its number, who rates it, the ratings now and a year ago, and what they rest on.
struct Rated {
    number: &'static str,
    rater: Rater,
    now: [u8; 5],
    before: [u8; 5],
    evidence: &'static str,
}

/// Who rates: one of the two key account managers, and the sales lead too where a second opinion is wanted.
#[derive(Clone, Copy)]
enum Rater {
    Jana,
    Musa,
    JanaAndLead,
    MusaAndLead,
}

const fn rated(number: &'static str, rater: Rater, now: [u8; 5], before: [u8; 5], evidence: &'static str) -> Rated {
    Rated { number, rater, now, before, evidence }
}

/// Innovation is a step lower when the sales lead looks at it, and so is the strategic partnership: two people seldom agree.
#[rustfmt::skip]
const RATINGS: [Rated; 22] = {
    use Rater::{Jana, JanaAndLead, Musa, MusaAndLead};
    [
        //     number               strategic, innovation, early, surplus, opinion   a year ago
        rated("10472", JanaAndLead, [5, 3, 5, 4, 3], [4, 3, 5, 4, 3], "Rahmenvertrag bis 2029, Quartalsgespräch mit beiden Geschäftsführungen"),
        rated("10118", Musa,        [1, 1, 0, 2, 1], [1, 1, 0, 2, 1], "Nur Preisrunden, kein Gespräch über Technik"),
        rated("10655", JanaAndLead, [4, 5, 5, 3, 4], [2, 4, 0, 2, 3], "Erprobt seit dem Frühjahr unseren Zahnriemenprüfstand"),
        rated("10203", MusaAndLead, [1, 2, 0, 1, 2], [4, 3, 5, 3, 3], "Neuer Einkaufsleiter, Lagertechnik jetzt beim Wettbewerb"),
        rated("11290", MusaAndLead, [3, 5, 5, 2, 5], [1, 4, 0, 1, 3], "Entwickelt mit uns die Förderstrecke der zweiten Zellfertigung"),
        rated("10067", Jana,        [2, 2, 0, 4, 3], [1, 2, 0, 3, 3], "Nach dem Wechsel zurückgekommen, nimmt Restposten Ketten"),
        rated("10731", Musa,        [2, 2, 0, 1, 1], [2, 2, 0, 1, 1], "Jede vierte Rechnung mit Gutschrift"),
        rated("10344", Jana,        [3, 2, 0, 4, 3], [3, 2, 0, 4, 3], "Plant die Kampagne im März mit uns"),
        rated("10888", Musa,        [1, 1, 0, 5, 1], [1, 1, 0, 5, 1], "Nimmt jeden Posten, zahlt sofort"),
        rated("10025", MusaAndLead, [4, 4, 5, 3, 5], [4, 4, 5, 2, 5], "Drei Werften fragten im Herbst, was Elbhafen verbaut"),
        rated("10473", Jana,        [4, 3, 0, 3, 2], [3, 3, 0, 3, 2], "Läuft über den Rahmenvertrag der Gruppe"),
        rated("10480", Jana,        [3, 2, 0, 3, 2], [3, 2, 0, 3, 2], "Ersatzteile im Rahmenvertrag der Gruppe"),
        rated("10091", Musa,        [2, 1, 0, 2, 3], [2, 2, 0, 2, 3], "Zentraleinkauf schreibt jedes Los neu aus"),
        rated("10310", Jana,        [3, 4, 0, 2, 4], [3, 3, 0, 2, 4], "Sucht Partner für die neue Lackierlinie"),
        rated("10677", Jana,        [3, 4, 5, 3, 2], [2, 3, 0, 3, 2], "Testet den leisen Kettentrieb in Brünn"),
        rated("10678", Jana,        [2, 3, 0, 3, 2], [2, 3, 0, 3, 2], "Werksleitung offen, Einkauf in Wolfsburg"),
        rated("10152", Musa,        [2, 2, 0, 3, 2], [2, 2, 0, 3, 2], "Bestellt nach Liste"),
        rated("10802", Musa,        [3, 3, 0, 3, 2], [2, 3, 0, 3, 2], "Standort wächst, fragt nach Wartungsvertrag"),
        rated("10239", JanaAndLead, [4, 3, 5, 5, 4], [3, 2, 0, 5, 3], "Nimmt Überbestände an Edelstahlketten verlässlich ab"),
        rated("10611", Jana,        [3, 2, 0, 4, 2], [3, 2, 0, 4, 2], "Übernimmt Standards der Molkereien"),
        rated("10092", Musa,        [2, 2, 0, 3, 2], [2, 2, 0, 3, 2], "Kleiner Bruder der Stahlwerke, freundlicher"),
        rated("10153", Musa,        [2, 3, 0, 3, 2], [2, 3, 0, 3, 2], "Folienanlage wird 2027 erneuert"),
    ]
};

/// The people and things that the ratings are about.
struct Scene {
    users: Vec<User>,
    criteria: Vec<StoredCriterion>,
}

impl Scene {
    /// A user of the demo company, by the beginning of the name, as somebody who acts.
    fn viewer(&self, operator: &Viewer, name: &str) -> Result<Viewer, Fault> {
        let user = self.users.iter().find(|user| user.name.starts_with(name)).ok_or(Fault::NotFound)?;
        Ok(Viewer {
            user_id: user.id,
            name: user.name.clone(),
            role: user.role,
            language: user.language.unwrap_or(operator.language),
            via: Via::Web,
            ..operator.clone()
        })
    }

    fn inputs(
        &self,
        values: &[u8; 5],
        evidence: &str,
        rated_on: NaiveDate,
        review_on: Option<NaiveDate>,
    ) -> Result<Vec<RatingInput>, Fault> {
        let input = |(key, &value): (&&str, &u8)| {
            let criterion = self.criteria.iter().find(|known| known.key == **key).ok_or(Fault::NotFound)?;
            Ok(RatingInput { criterion_id: criterion.id, value, evidence: evidence.to_owned(), rated_on, review_on })
        };
        CRITERIA.iter().zip(values).map(input).collect()
    }
}

/// Rates the portfolio: as it was a year ago, then keeps that result, then as it is now.
pub async fn make(office: &Office, operator: &Viewer, today: NaiveDate) -> Result<(), DemoError> {
    let scene = Scene { users: team::actions::list(office, operator).await?, criteria: actions::criteria(office, operator).await? };
    let (last_year, last_month) = (today - Days::new(400), today - Days::new(24));
    rate(office, operator, &scene, last_year, |rated| rated.before).await?;
    let settings = settings::store::current(office.db.read()).await.map_err(Fault::from)?;
    let lead = scene.viewer(operator, "Wiebke")?;
    actions::keep(office, &lead, &settings, settings.level, "Vor der Runde dieses Herbstes".to_owned()).await?;
    rate(office, operator, &scene, last_month, |rated| rated.now).await
}

async fn rate(office: &Office, operator: &Viewer, scene: &Scene, on: NaiveDate, of: impl Fn(&Rated) -> [u8; 5]) -> Result<(), DemoError> {
    let directory = valuation::actions::accounts(office, operator).await?;
    for rated in &RATINGS {
        let is_it = |number: &crate::accounts::store::Number| number.number == rated.number;
        let account = directory.accounts().iter().find(|account| account.numbers.iter().any(is_it)).ok_or(Fault::NotFound)?;
        let (name, has_second_opinion) = match rated.rater {
            Rater::Jana => ("Jana", false),
            Rater::Musa => ("Musa", false),
            Rater::JanaAndLead => ("Jana", true),
            Rater::MusaAndLead => ("Musa", true),
        };
        // Every third account is overdue for a second look by the time the demo is opened.
        let review = if account.id % 3 == 0 { on + Days::new(20) } else { on + Days::new(365) };
        let values = of(rated);
        let inputs = scene.inputs(&values, rated.evidence, on, Some(review))?;
        actions::rate(office, &scene.viewer(operator, name)?, account.id, inputs).await?;
        if has_second_opinion {
            let [strategic, innovation, ..] = values;
            let second = [strategic.saturating_sub(1), innovation.saturating_sub(1), values[2], values[3], values[4]];
            let inputs = scene.inputs(&second, "Eindruck aus dem Jahresgespräch", on, Some(on + Days::new(365)))?;
            actions::rate(office, &scene.viewer(operator, "Wiebke")?, account.id, inputs).await?;
        }
    }
    Ok(())
}
