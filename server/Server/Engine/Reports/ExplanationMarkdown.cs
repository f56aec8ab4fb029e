namespace ExplainLsp.Server.Engine;

/// <summary>Headline, table and receipt as Markdown; text from the sample is escaped.</summary>
public static class ExplanationMarkdown
{
    /// <summary>Headline, table and receipt as Markdown; text from the sample is escaped.</summary>
    public static string Write(ExplanationReport report) => MarkdownReport.Write(ExplanationDocument.Of(report));
}
