//! Interactions with who took part, their history and attachments; the last contacts by account and person.

use sea_orm_migration::prelude::*;

use super::{day, day_null, id, index, instant, instant_null, number, number_null, refers, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0011_interactions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let interaction = Table::create()
            .table("interaction")
            .col(id())
            .col(number("account_id"))
            .col(text("kind"))
            // The day in the company's time zone and, where it is known, the minute of that day; the instant is for the order in timelines.
            .col(day("day"))
            .col(number_null("minute_of_day"))
            .col(instant("started_at"))
            .col(number("minutes"))
            .col(text("purpose"))
            .col(text("outcome"))
            .col(text("others"))
            .col(text("confidentiality"))
            .col(text("step"))
            .col(day_null("step_due"))
            .col(number_null("step_user_id"))
            .col(instant_null("step_done_at"))
            .col(number_null("step_done_by"))
            .col(number("author_id"))
            .col(text("author_name"))
            .col(text_null("message_id"))
            // Purpose, outcome, next step and others as they are searched.
            .col(text("folded"))
            .col(instant("created_at"))
            .col(instant_null("archived_at"))
            .col(number_null("archived_by"))
            .foreign_key(&mut refers("interaction", "account_id", "account"))
            .take();
        manager.create_table(interaction).await?;
        index(manager, "interaction", &["account_id", "started_at", "id"], false).await?;
        index(manager, "interaction", &["started_at", "id"], false).await?;
        index(manager, "interaction", &["account_id", "step_due"], false).await?;
        index(manager, "interaction", &["step_user_id", "step_due"], false).await?;
        index(manager, "interaction", &["message_id"], false).await?;

        // The start is repeated here, so that a person's timeline is read in its order.
        for (table, column) in [("interaction_person", "person_id"), ("interaction_user", "user_id")] {
            let link = Table::create()
                .table(table)
                .col(id())
                .col(number("interaction_id"))
                .col(number(column))
                .col(instant("started_at"))
                .foreign_key(&mut refers(table, "interaction_id", "interaction"))
                .take();
            manager.create_table(link).await?;
            index(manager, table, &["interaction_id", column], true).await?;
            index(manager, table, &[column, "started_at", "interaction_id"], false).await?;
        }

        let version = Table::create()
            .table("interaction_version")
            .col(id())
            .col(number("interaction_id"))
            .col(instant("at"))
            .col(number("by_id"))
            .col(text("by_name"))
            .col(text("changes"))
            .foreign_key(&mut refers("interaction_version", "interaction_id", "interaction"))
            .take();
        manager.create_table(version).await?;
        index(manager, "interaction_version", &["interaction_id"], false).await?;

        let attachment = Table::create()
            .table("attachment")
            .col(id())
            .col(number("interaction_id"))
            .col(text("name"))
            .col(text("media_type"))
            .col(number("size_bytes"))
            .col(text("sha256"))
            .col(instant("created_at"))
            .col(number("created_by"))
            .col(instant_null("archived_at"))
            .col(number_null("archived_by"))
            .foreign_key(&mut refers("attachment", "interaction_id", "interaction"))
            .take();
        manager.create_table(attachment).await?;
        index(manager, "attachment", &["interaction_id"], false).await?;
        index(manager, "attachment", &["sha256"], false).await?;

        // The newest day of each kind, by account (person 0) and by person at an account. Written with the interactions, so that no list has to look
        // through them; the revision says which rows changed since somebody read them all.
        let last_contact = Table::create()
            .table("last_contact")
            .col(number("account_id"))
            .col(number("person_id"))
            .col(day_null("visit"))
            .col(day_null("call"))
            .col(day_null("video"))
            .col(day_null("mail"))
            .col(day_null("event"))
            .col(number("revision"))
            .primary_key(Index::create().col("account_id").col("person_id"))
            .foreign_key(&mut refers("last_contact", "account_id", "account"))
            .take();
        manager.create_table(last_contact).await?;
        index(manager, "last_contact", &["person_id", "revision"], false).await
    }
}
