using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces.Tests;

public sealed class ManifestTests
{
    [Fact]
    public void Parse_EveryField_IsReadWithItsPlace()
    {
        var manifest = Manifest.Parse("/w/explain.json", """
            {
              // comments and trailing commas are read over
              "models": [
                {
                  "model": "a/m.onnx", /* here too */
                  "name": "M \"1\"",
                  "classNames": ["no", "yes",],
                  "samples": "a/*.csv",
                  "target": "t",
                  "ignore": ["id"],
                  "sensitive": ["sex"], "columns": { "age": { "immutable": true }, "hours": { "minimum": 1, "maximum": 80.5, "categories": ["a", 2] } },
                  "background": { "file": "b.csv", "rows": "0-9" },
                  "positiveClass": 1,
                  "output": "p",
                },
              ],
            }
            """);

        Assert.True(manifest.IsWellFormed);
        Assert.Empty(manifest.Diagnostics);
        var model = Assert.Single(manifest.Models);
        Assert.Equal(new ManifestText("a/m.onnx", new TextRange(4, 15, 4, 25)), model.Model);
        Assert.Equal(new ManifestText("M \"1\"", new TextRange(5, 14, 5, 23)), model.Name);
        Assert.Equal([("no", 21), ("yes", 27)], model.ClassNames.Select(name => (name.Value, name.Range.StartCharacter)));
        Assert.Equal("a/*.csv", Assert.Single(model.Samples).Value);
        Assert.Equal(("t", "id", "sex"), (model.Target!.Value.Value, model.Ignore[0].Value, model.Sensitive[0].Value));
        Assert.Equal(["age", "hours"], model.Columns.Select(column => column.Name.Value));
        Assert.Equal(new TextRange(10, 41, 10, 46), model.Columns[0].Name.Range);
        Assert.True(model.Columns[0].Constraint.Immutable);
        Assert.Equal((false, 1, 80.5), (model.Columns[1].Constraint.Immutable, model.Columns[1].Constraint.Minimum, model.Columns[1].Constraint.Maximum));
        Assert.Equal(["a", "2"], model.Columns[1].Constraint.Categories.ToArray());
        Assert.Equal(("b.csv", "0-9", "1", "p"), (model.Background!.Value.Value, model.BackgroundRows!.Value.Value, model.PositiveClass!.Value.Value, model.Output!.Value.Value));
        Assert.Equal(new TextRange(11, 47, 11, 52), model.BackgroundRows.Value.Range);
        Assert.Equal("/w/a/m.onnx", manifest.FullPath(model.Model.Value));
    }

    [Fact]
    public void Parse_UnknownProperty_WarnsAtItsName()
    {
        var diagnostics = Manifest.Parse("/w/explain.json", "{ \"models\": [{ \"model\": \"m.onnx\",\r\n \"classnames\": [] }], \"x\": 1 }").Diagnostics;

        Assert.Equal(2, diagnostics.Length);
        var misspelt = Assert.Single(diagnostics, diagnostic => diagnostic.Range == new TextRange(1, 1, 1, 13));
        Assert.Equal(ManifestSeverity.Warning, misspelt.Severity);
        Assert.Contains("Did you mean \"classNames\"?", misspelt.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "explain.json must be an object")]
    [InlineData("{ \"models\": {} }", "models must be a list")]
    [InlineData("{ \"models\": [3] }", "An entry of models must be an object")]
    [InlineData("{ \"models\": [{ \"model\": 3 }] }", "model must be a text")]
    [InlineData("{ \"models\": [{ \"name\": \"x\" }] }", "This entry names no model.")]
    [InlineData("{ \"models\": [{ \"model\": \"m\", \"columns\": [] }] }", "columns must be an object with one entry a column")]
    [InlineData("{ \"models\": [{ \"model\": \"m\", \"columns\": { \"age\": true } }] }", "The column age must be an object")]
    [InlineData("{ \"models\": [{ \"model\": \"m\", \"columns\": { \"age\": { \"minimum\": \"1\" } } }] }", "minimum must be a number")]
    [InlineData("{ \"models\": [{ \"model\": \"m\", \"columns\": { \"age\": { \"minimum\": 2, \"maximum\": 1 } } }] }", "The minimum of age is larger than its maximum. Swap them.")]
    [InlineData("{ \"models\": [{ \"model\": \"m\", \"samples\": [1] }] }", "An entry of samples must be a text")]
    [InlineData("{ \"models\": [{ \"model\": \"m\", \"background\": {} }] }", "background names no file.")]
    public void Parse_WrongType_IsAnErrorAndTheRestStays(string text, string message)
    {
        var manifest = Manifest.Parse("/w/explain.json", text);
        Assert.True(manifest.IsWellFormed);
        Assert.StartsWith(message, Assert.Single(manifest.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"models\": [\n    { \"model\": \"m.onnx\" \"name\": 1 }\n  ]\n}", 2)]
    [InlineData("{\n  \"models\": [\n", 2)]
    [InlineData("{ \"models\": [] } }", 0)]
    [InlineData("nonsense", 0)]
    [InlineData("", 0)]
    [InlineData("{\n\"models\": [ { \"model\": \"m", 1)]
    public void Parse_SyntaxError_NamesTheLine(string text, int line)
    {
        var manifest = Manifest.Parse("/w/explain.json", text);
        Assert.False(manifest.IsWellFormed);
        var diagnostic = Assert.Single(manifest.Diagnostics);
        Assert.Equal(line, diagnostic.Range.StartLine);
        Assert.Equal(ManifestSeverity.Error, diagnostic.Severity);
        Assert.True(diagnostic.Range.EndCharacter >= diagnostic.Range.StartCharacter);
        Assert.DoesNotContain("Path '", diagnostic.Message, StringComparison.Ordinal);
    }
}
