namespace ExplainLsp.Server.Engine;

/// <summary>Headline, aligned table, warnings and receipt as plain text.</summary>
public static class ExplanationText
{
    /// <summary>Headline, aligned table, warnings and receipt as plain text.</summary>
    public static string Write(ExplanationReport report) => TextReport.Write(ExplanationDocument.Of(report));
}
