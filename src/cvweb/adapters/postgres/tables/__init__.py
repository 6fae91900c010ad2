"""The tables, as Piccolo knows them: the names of the original system's models and fields.

What Piccolo cannot say (partial and functional indexes, computed columns) is in the migrations.
"""

from __future__ import annotations

from piccolo.table import Table

from cvweb.adapters.postgres.tables import documents, insight, money, people, work

CORE: tuple[type[Table], ...] = (
    people.User,
    people.Account,
    people.Session,
    people.ApiKey,
    people.VerificationToken,
    people.EmailVerificationToken,
    people.AutoSignInToken,
    people.EmailChangeRequest,
    documents.CvFile,
    documents.CvContent,
    documents.CvVersion,
    documents.Proposal,
    documents.JobOffer,
    documents.LinkHistory,
    documents.Score,
    documents.FileContent,
    documents.StoredFile,
    documents.Export,
    money.CreditBalance,
    money.CreditTransaction,
    money.SubscriptionPlan,
    money.SubscriptionPlanFeatureLimit,
    money.Subscription,
    money.CreditPack,
    money.FeatureUsageCounter,
    work.BackgroundTask,
    work.Event,
    work.IdempotentRequest,
    work.Setting,
    work.FeatureMapping,
    work.FeatureUsage,
    work.OutgoingMail,
)
INSIGHT: tuple[type[Table], ...] = (
    insight.TelemetryEvent,
    insight.OpenAICall,
    insight.OpenAIUsage,
    insight.OpenAIPricing,
    insight.OpenAIAlert,
    insight.Feedback,
    insight.ConsentLog,
    insight.Referral,
    insight.PromoCode,
    insight.EmailTemplate,
    insight.EmailLog,
    insight.StripeWebhookLog,
)
TABLES = CORE + INSIGHT
"""All of them, those that others refer to before those that refer to them."""

__all__ = ["CORE", "INSIGHT", "TABLES"]
