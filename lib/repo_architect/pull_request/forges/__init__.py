"""GitHub and Gitea over REST: a small client of our own."""

from repo_architect.pull_request.forges.client import Answer, Client
from repo_architect.pull_request.forges.dialects import Dialect, dialect_for
from repo_architect.pull_request.forges.repository import ForgeRepository, PullRequest, RepositoryFacts

__all__ = ["Answer", "Client", "Dialect", "ForgeRepository", "PullRequest", "RepositoryFacts", "dialect_for"]
