using System.Globalization;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>A contact sheet's predictions as CSV.</summary>
internal static class SheetCsv
{
    /// <summary>One line a picture, lines ended by CRLF.</summary>
    public static string Write(IEnumerable<PanelSheetItem> items) => "picture,prediction,score,label,right,problem\r\n" + string.Concat(items.Select(item =>
        string.Join(',', ExplanationCsv.Text(item.Name), ExplanationCsv.Text(item.Prediction), item.Confidence?.ToString("R", CultureInfo.InvariantCulture),
            ExplanationCsv.Text(item.Label ?? ""), item.Right switch { true => "true", false => "false", null => "" }, ExplanationCsv.Text(item.Problem ?? "")) + "\r\n"));
}
