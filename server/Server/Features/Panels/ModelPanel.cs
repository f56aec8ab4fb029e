using ExplainLsp.Figures;
using ExplainLsp.Models;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The panel of a model: what goes in, what comes out, how large it is.</summary>
internal static class ModelPanel
{
    /// <summary>Puts it together.</summary>
    /// <param name="name">What people call the model.</param>
    /// <param name="file">The model.</param>
    /// <param name="classNames">Its classes; empty for a regression or when not known.</param>
    public static PanelView Of(string name, ModelFile file, IReadOnlyList<string> classNames)
    {
        var operators = file.Nodes.GroupBy(node => node.Operator).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        var rows = new List<PanelRow>();
        rows.AddRange(file.Inputs.Select(value => Row("input", value)));
        rows.AddRange(file.Outputs.Select(value => Row("output", value)));
        var opsets = string.Join(", ", file.Opsets.Select(opset => $"{opset.Key} {opset.Value}"));
        var markdown = string.Join('\n', rows.Select(row => "- " + string.Join(" ", row.Cells.Select(cell => Markdown.Escape(cell.Text)))));
        var subLine = $"{Path.GetFileName(file.Path)} · {Count(file.Inputs.Length, "input")}, {Count(file.Outputs.Length, "output")} · "
            + $"{NumberText.Whole(file.ParameterCount)} parameters · {NumberText.Whole((file.Length + 1023) / 1024)} KB";
        return new PanelView(
            "model", name, Words.OneLine(name), subLine, null,
            [],
            null, "",
            new PanelTable(
                "Inputs and outputs",
                [new PanelColumn("role", "Role", false), new PanelColumn("name", "Name", false), new PanelColumn("type", "Type", false), new PanelColumn("shape", "Shape", false)],
                [.. rows, .. classNames.Select((className, index) => new PanelRow($"class {index}",
                    [Text("class"), Text(className), Text($"index {index}"), Text("")])),
                .. operators.Select(group => new PanelRow($"operator {group.Key}",
                    [Text("operator"), Text(group.Key), Text(group.First().Domain), Text($"×{NumberText.Whole(group.Count())}")]))],
                null),
            new PanelPickers([], [], [], [], null, []),
            [opsets, .. file.Producer.Length > 0 ? [Words.OneLine(file.Producer)] : Array.Empty<string>(), $"SHA-256 {file.Sha256[..8]}"],
            new PanelExports(
                Newtonsoft.Json.JsonConvert.SerializeObject(new { path = file.Path, sha256 = file.Sha256, opsets = file.Opsets, producer = file.Producer, parameters = file.ParameterCount }),
                "", $"# {Markdown.Escape(name)}\n\n{Markdown.Escape(subLine)}\n\n{markdown}\n", Path.GetFileNameWithoutExtension(file.Path), ""));
    }

    private static PanelRow Row(string role, ModelValue value) => new(
        $"{role} {value.Name}", [Text(role), Text(value.Name), Text(value.Type), Text(value.Shape.IsEmpty ? "" : $"[{string.Join(", ", value.Shape)}]")]);

    private static PanelCell Text(string text) => new(Words.OneLine(text), null);

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{NumberText.Whole(count)} {noun}s";
}
