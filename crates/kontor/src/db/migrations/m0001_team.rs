//! Users, their sessions, single-use links, sign-in tries and API tokens.

use sea_orm_migration::prelude::*;

use super::{day_null, id, index, instant, instant_null, number, number_null, refers, text, text_null, yes_no};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_team"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let user = Table::create()
            .table("user")
            .col(id())
            .col(text("name"))
            .col(text("mail"))
            .col(text_null("password_hash"))
            .col(text("role"))
            .col(text_null("language"))
            .col(yes_no("active"))
            .col(instant("created_at"))
            .take();
        manager.create_table(user).await?;
        index(manager, "user", &["mail"], true).await?;

        // The id is the hash of the cookie's value, so that a copy of the database opens no session.
        let session = Table::create()
            .table("session")
            .col(text("id").primary_key())
            .col(number_null("user_id"))
            .col(text("data"))
            .col(instant("expires_at"))
            .take();
        manager.create_table(session).await?;
        index(manager, "session", &["user_id"], false).await?;

        let link = Table::create()
            .table("link")
            .col(id())
            .col(text("token_hash"))
            .col(number_null("user_id"))
            .col(instant("expires_at"))
            .col(instant_null("used_at"))
            .foreign_key(&mut refers("link", "user_id", "user"))
            .take();
        manager.create_table(link).await?;
        index(manager, "link", &["token_hash"], true).await?;

        let sign_in_try = Table::create().table("sign_in_try").col(id()).col(text("key")).col(instant("at")).take();
        manager.create_table(sign_in_try).await?;
        index(manager, "sign_in_try", &["key", "at"], false).await?;

        let api_token = Table::create()
            .table("api_token")
            .col(id())
            .col(number("user_id"))
            .col(text("name"))
            .col(text("token_hash"))
            .col(text("scope"))
            .col(instant("created_at"))
            .col(day_null("expires_on"))
            .col(instant_null("revoked_at"))
            .col(day_null("last_used_on"))
            .foreign_key(&mut refers("api_token", "user_id", "user"))
            .take();
        manager.create_table(api_token).await?;
        index(manager, "api_token", &["token_hash"], true).await
    }
}
