//! What the team of the demo company thinks of its customers: ratings of last year and of now, a round under way, and who is a key account.

use chrono::{Days, NaiveDate};
use kontor_domain::key_account::{Decision, Reach, Ruling};
use kontor_domain::rights::{Via, Viewer};

use super::open::{DemoError, on};
use crate::fault::Fault;
use crate::key_accounts::actions as key_accounts;
use crate::office::Office;
use crate::scoring::actions;
use crate::scoring::forms::RatingInput;
use crate::scoring::rounds::actions as rounds;
use crate::scoring::rounds::forms::{NewRound, Selection};
use crate::scoring::store::{NewRating, StoredCriterion};
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

/// Rates the portfolio as it was a year ago, keeps that result and declares three key accounts; then rates it as it is now, revokes one of them and lets three
/// others wait.
pub async fn make(office: &Office, operator: &Viewer, today: NaiveDate) -> Result<(), DemoError> {
    let scene = Scene { users: team::actions::list(office, operator).await?, criteria: actions::criteria(office, operator).await? };
    let (last_year, last_month) = (today - Days::new(400), today - Days::new(24));
    rate(&on(office, last_year), operator, &scene, last_year, |rated| rated.before).await?;
    let settings = settings::store::current(office.db.read()).await.map_err(Fault::from)?;
    let lead = scene.viewer(operator, "Wiebke")?;
    actions::keep(&on(office, today - Days::new(62)), &lead, &settings, settings.level, "Vor der Runde dieses Herbstes".to_owned()).await?;
    declare(office, operator, &scene, today).await?;
    rate(&on(office, last_month), operator, &scene, last_month, |rated| rated.now).await?;
    go_on(office, operator, &scene, today).await?;
    open_round(office, operator, &scene, today).await
}

async fn rate(office: &Office, operator: &Viewer, scene: &Scene, on: NaiveDate, of: impl Fn(&Rated) -> [u8; 5]) -> Result<(), DemoError> {
    for rated in &RATINGS {
        let account_id = account(office, operator, rated.number).await?;
        let (name, has_second_opinion) = match rated.rater {
            Rater::Jana => ("Jana", false),
            Rater::Musa => ("Musa", false),
            Rater::JanaAndLead => ("Jana", true),
            Rater::MusaAndLead => ("Musa", true),
        };
        // Every third account is overdue for a second look by the time the demo is opened.
        let review = if account_id % 3 == 0 { on + Days::new(20) } else { on + Days::new(365) };
        let values = of(rated);
        let inputs = scene.inputs(&values, rated.evidence, on, Some(review))?;
        actions::rate(office, &scene.viewer(operator, name)?, account_id, inputs).await?;
        if has_second_opinion {
            let [strategic, innovation, ..] = values;
            let second = [strategic.saturating_sub(1), innovation.saturating_sub(1), values[2], values[3], values[4]];
            let inputs = scene.inputs(&second, "Eindruck aus dem Jahresgespräch", on, Some(on + Days::new(365)))?;
            actions::rate(office, &scene.viewer(operator, "Wiebke")?, account_id, inputs).await?;
        }
    }
    Ok(())
}

/// Three are declared, and one of them kept a year later, with doubts.
async fn declare(office: &Office, operator: &Viewer, scene: &Scene, today: NaiveDate) -> Result<(), DemoError> {
    let settings = settings::store::current(office.db.read()).await.map_err(Fault::from)?;
    let (lead, jana, musa) = (scene.viewer(operator, "Wiebke")?, scene.viewer(operator, "Jana")?, scene.viewer(operator, "Musa")?);
    let ago = |days: u64| today - Days::new(days);
    let key = |decision, reason: &str, decided_on, manager: &Viewer, reach, next_review| Ruling {
        decision,
        reason: reason.to_owned(),
        decided_on,
        manager_id: Some(manager.user_id),
        reach: Some(reach),
        next_review: Some(next_review),
    };
    for (number, by, statement, ruling) in [
        (
            "10472",
            &jana,
            "Ein Drittel unseres Umsatzes und ein Rahmenvertrag: ohne eigenen Betreuer ist das zu gefährlich.",
            key(
                Decision::Declare,
                "Der größte Kunde der ganzen Gruppe; wir betreuen sie als eine.",
                ago(760),
                &jana,
                Reach::Group,
                today + Days::new(46),
            ),
        ),
        (
            "10025",
            &musa,
            "Die Werften fragen, was Elbhafen verbaut. Ein Gewinn dort sind drei Gewinne danach.",
            key(Decision::Declare, "Meinungsführer im Schiffbau, testet jede frühe Version.", ago(410), &musa, Reach::National, ago(9)),
        ),
        (
            "10203",
            &musa,
            "Plant den neuen Standort mit uns und zieht die Lagertechnik nach.",
            key(Decision::Declare, "Gemeinsame Planung bis zum Ende des Ausbaus.", ago(740), &musa, Reach::National, ago(375)),
        ),
    ] {
        let account = account(office, operator, number).await?;
        let before = (ruling.decided_on - Days::new(12)).and_hms_opt(9, 20, 0).unwrap_or_default().and_utc();
        key_accounts::nominate(&office.at(before), by, &settings, account, statement.to_owned()).await?;
        key_accounts::decide(&on(office, ruling.decided_on), &lead, &settings, account, ruling).await?;
    }
    let leaving = account(office, operator, "10203").await?;
    let kept = key(
        Decision::Keep,
        "Die Aufträge stocken, aber der Ausbau geht weiter. In einem halben Jahr noch einmal ansehen.",
        ago(375),
        &musa,
        Reach::National,
        ago(190),
    );
    Ok(key_accounts::decide(&on(office, kept.decided_on), &lead, &settings, leaving, kept).await?)
}

/// The one that was kept with doubts is revoked, and three wait for a decision.
async fn go_on(office: &Office, operator: &Viewer, scene: &Scene, today: NaiveDate) -> Result<(), DemoError> {
    let settings = settings::store::current(office.db.read()).await.map_err(Fault::from)?;
    let (lead, jana, musa) = (scene.viewer(operator, "Wiebke")?, scene.viewer(operator, "Jana")?, scene.viewer(operator, "Musa")?);
    let nominate = async |by: &Viewer, number: &str, days: u64, statement: &str| {
        let account = account(office, operator, number).await?;
        let at = (today - Days::new(days)).and_hms_opt(14, 5, 0).unwrap_or_default().and_utc();
        key_accounts::nominate(&office.at(at), by, &settings, account, statement.to_owned()).await
    };
    let leaving = account(office, operator, "10203").await?;
    nominate(
        &musa,
        "10203",
        29,
        "Seit elf Wochen keine Lagertechnik, der neue Einkaufsleiter kauft beim Wettbewerb. Ich komme nicht mehr durch.",
    )
    .await?;
    let revoked = Ruling {
        decision: Decision::Revoke,
        reason: "Der Ausbau ist beim Wettbewerb gelandet, die Aufträge sind auf ein Fünftel gefallen. Wir bleiben freundlich, aber die Zeit des Key-Account-Managers \
                 geht an Lumevolt. Lehre daraus: den Einkauf früher kennen, nicht nur die Technik."
            .to_owned(),
        decided_on: today - Days::new(18),
        manager_id: None,
        reach: None,
        next_review: None,
    };
    key_accounts::decide(&on(office, revoked.decided_on), &lead, &settings, leaving, revoked).await?;
    let open = [
        (
            "10655",
            &jana,
            "Wächst um mehr als ein Drittel im Jahr und erprobt unseren Zahnriemenprüfstand. Wer ihn jetzt begleitet, hat ihn in fünf Jahren.",
        ),
        (
            "11290",
            &musa,
            "Erst seit fünf Monaten Kunde, entwickelt aber die Förderstrecke der zweiten Zellfertigung mit uns. Die Branche schaut dorthin.",
        ),
        ("10239", &jana, "Nimmt unsere Überbestände an Edelstahlketten verlässlich ab und bringt Molkereien aus seinem Verband mit."),
    ];
    for (days, (number, by, statement)) in [8, 5, 1].into_iter().zip(open) {
        nominate(by, number, days, statement).await?;
    }
    Ok(())
}

/// A round that is half done: what Jana and Musa still have to rate.
async fn open_round(office: &Office, operator: &Viewer, scene: &Scene, today: NaiveDate) -> Result<(), DemoError> {
    let settings = settings::store::current(office.db.read()).await.map_err(Fault::from)?;
    let lead = scene.viewer(operator, "Wiebke")?;
    let raters = ["Jana", "Musa"].map(|name| scene.viewer(operator, name));
    let criterion = |key: &str| scene.criteria.iter().find(|known| known.key == key).map(|known| known.id).ok_or(Fault::NotFound);
    let round = NewRound {
        name: "Herbstrunde".to_owned(),
        due_on: today + Days::new(10),
        selection: Selection::A,
        accounts: 12,
        raters: raters.iter().flatten().map(|viewer| viewer.user_id).collect(),
        is_own_only: false,
        criteria: vec![criterion("strategic_partner")?, criterion("innovation")?, criterion("opinion_leader")?],
    };
    let id = rounds::open(office, &lead, &settings, round).await?;
    let jana = scene.viewer(operator, "Jana")?;
    let progress = rounds::show(office, &jana, id).await?;
    let mut ratings = Vec::new();
    for rated in RATINGS.iter().filter(|rated| matches!(rated.rater, Rater::Jana | Rater::JanaAndLead)) {
        let account_id = account(office, operator, rated.number).await?;
        if !progress.accounts_of(jana.user_id).contains(&account_id) {
            continue;
        }
        for known in &progress.criteria {
            let place = CRITERIA.iter().position(|key| *key == known.key).unwrap_or_default();
            let (rated_on, review_on) = (today - Days::new(2), Some(today + Days::new(363)));
            let evidence = rated.evidence.to_owned();
            ratings.push(NewRating { account_id, criterion_id: known.id, value: rated.now[place], evidence, rated_on, review_on });
        }
    }
    Ok(rounds::rate(office, &jana, id, ratings).await?)
}

/// The id of the account with this number.
async fn account(office: &Office, operator: &Viewer, number: &str) -> Result<i64, Fault> {
    let directory = valuation::actions::accounts(office, operator).await?;
    let is_it = |known: &crate::accounts::store::Number| known.number == number;
    let found = directory.accounts().iter().find(|account| account.numbers.iter().any(is_it)).ok_or(Fault::NotFound)?;
    Ok(found.id)
}
