namespace ExplainLsp.Server.Engine;

/// <summary>The attributions as CSV: a header and one line a feature; text that a spreadsheet would run is defused, numbers stay numbers.</summary>
public static class ExplanationCsv
{
    /// <summary>The attributions as CSV: a header and one line a feature; text that a spreadsheet would run is defused, numbers stay numbers.</summary>
    public static string Write(ExplanationReport report) => throw new NotImplementedException(report.ModelPath);
}
