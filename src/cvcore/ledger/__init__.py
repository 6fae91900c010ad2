"""Credits: grants, holds, spends, refunds, clawbacks, expiry; one exact history per owner."""
