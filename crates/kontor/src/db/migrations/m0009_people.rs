//! People on the customers' side: who they are, where they work, how they are reached, where that is known from; private notes about them; files of
//! contacts that wait for a decision; and notices for users.

use sea_orm_migration::prelude::*;

use super::{day, day_null, id, index, instant, instant_null, number, number_null, refers, text, text_null, yes_no};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0009_people"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        people(manager).await?;
        employments(manager).await?;
        data(manager).await?;
        notes(manager).await?;
        contact_imports(manager).await?;
        notices(manager).await
    }
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let person = Table::create()
        .table("person")
        .col(id())
        .col(text_null("salutation"))
        .col(text_null("title"))
        .col(text("first_name"))
        .col(text("last_name"))
        .col(text("formality"))
        // Tags separated by blanks, the preferred one first: a value that is only read as a whole.
        .col(text("languages"))
        .col(number_null("birth_day"))
        .col(number_null("birth_month"))
        .col(number_null("birth_year"))
        .col(text("remark"))
        // For finding and sorting: lower case, umlauts spelled out.
        .col(text("folded"))
        .col(text("sort_name"))
        // The revision of the topic “people” at the last change.
        .col(number("changed"))
        .col(instant_null("archived_at"))
        .col(number_null("merged_into"))
        .col(instant("created_at"))
        .col(number("created_by"))
        .foreign_key(&mut refers("person", "merged_into", "person"))
        .take();
    manager.create_table(person).await?;
    index(manager, "person", &["sort_name", "id"], false).await?;
    index(manager, "person", &["changed"], false).await?;
    index(manager, "person", &["created_by"], false).await?;
    index(manager, "person", &["birth_month", "birth_day"], false).await
}

async fn employments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let employment = Table::create()
        .table("employment")
        .col(id())
        .col(number("person_id"))
        // Where it is not an account, `company` says what it is called.
        .col(number_null("account_id"))
        .col(text("company"))
        .col(text("function"))
        .col(text("department"))
        .col(number_null("reports_to"))
        .col(day_null("from_day"))
        .col(day_null("to_day"))
        .col(yes_no("is_primary"))
        .col(instant("created_at"))
        .col(number("created_by"))
        .foreign_key(&mut refers("employment", "person_id", "person"))
        .foreign_key(&mut refers("employment", "account_id", "account"))
        .foreign_key(&mut refers("employment", "reports_to", "person"))
        .take();
    manager.create_table(employment).await?;
    index(manager, "employment", &["person_id"], false).await?;
    index(manager, "employment", &["account_id"], false).await?;
    index(manager, "employment", &["reports_to"], false).await?;

    let channel = Table::create()
        .table("channel")
        .col(id())
        .col(number("person_id"))
        .col(text("kind"))
        .col(text("value"))
        // The value in the form in which two are compared.
        .col(text("normal"))
        .col(number("position"))
        .col(day_null("ended_on"))
        .col(instant("created_at"))
        .foreign_key(&mut refers("channel", "person_id", "person"))
        .take();
    manager.create_table(channel).await?;
    index(manager, "channel", &["person_id"], false).await?;
    index(manager, "channel", &["normal"], false).await
}

async fn data(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let provenance = Table::create()
        .table("provenance")
        .col(id())
        .col(number("person_id"))
        .col(text("datum"))
        // Which channel or employment; 0 for what a person has only one of.
        .col(number("item_id"))
        .col(text("source"))
        .col(text("basis"))
        .col(day("since"))
        .col(instant("created_at"))
        .col(number("created_by"))
        .foreign_key(&mut refers("provenance", "person_id", "person"))
        .take();
    manager.create_table(provenance).await?;
    index(manager, "provenance", &["person_id", "datum", "item_id"], true).await
}

async fn notes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let note = Table::create()
        .table("private_note")
        .col(id())
        .col(number("person_id"))
        .col(number("author_id"))
        .col(text("author_name"))
        .col(text("kind"))
        .col(text("body"))
        .col(instant("created_at"))
        .col(instant_null("ended_at"))
        .foreign_key(&mut refers("private_note", "person_id", "person"))
        .take();
    manager.create_table(note).await?;
    index(manager, "private_note", &["person_id"], false).await?;

    let reading = Table::create()
        .table("note_reading")
        .col(id())
        .col(number("note_id"))
        .col(number("user_id"))
        .col(text("user_name"))
        .col(instant("read_at"))
        .foreign_key(&mut refers("note_reading", "note_id", "private_note"))
        .take();
    manager.create_table(reading).await?;
    index(manager, "note_reading", &["note_id"], false).await
}

async fn contact_imports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let import = Table::create()
        .table("contact_import")
        .col(id())
        .col(text("file"))
        .col(text("format"))
        .col(text("state"))
        // The contacts as read, what became of each, and what was rejected and why, as one JSON text.
        .col(text("data"))
        .col(instant("created_at"))
        .col(number("created_by"))
        .col(instant_null("closed_at"))
        .take();
    manager.create_table(import).await?;
    index(manager, "contact_import", &["created_by"], false).await
}

async fn notices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let notice = Table::create()
        .table("notice")
        .col(id())
        .col(number("user_id"))
        .col(text("kind"))
        .col(text("subject"))
        .col(text("data"))
        .col(instant("created_at"))
        .col(instant_null("read_at"))
        .foreign_key(&mut refers("notice", "user_id", "user"))
        .take();
    manager.create_table(notice).await?;
    index(manager, "notice", &["user_id", "read_at"], false).await
}
