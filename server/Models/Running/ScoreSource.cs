namespace ExplainLsp.Models.Running;

/// <summary>Where the scores of an output come from in the session.</summary>
/// <param name="Output">The output as callers see it.</param>
/// <param name="Fetch">The tensor to ask the session for; another one than the output's name when a ZipMap was taken out.</param>
/// <param name="Columns">Numbers a row in that tensor.</param>
/// <param name="AsMaps">Whether it is a sequence of maps instead of a tensor.</param>
internal sealed record ScoreSource(SessionOutput Output, string Fetch, int Columns, bool AsMaps);
