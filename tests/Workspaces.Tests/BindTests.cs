using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces.Tests;

public sealed class BindTests : IDisposable
{
    private readonly TemporaryWorkspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void Bind_ModelInTheSameFolder_ByCount()
    {
        var model = workspace.Wide("wine/wine.onnx", 3, TemporaryWorkspace.Classes(2, "0", "1"));
        workspace.Wide("other/far.onnx", 3, TemporaryWorkspace.Classes(2));
        workspace.Write("wine/labels.txt", "red\nwhite\n");
        workspace.Write("wine/test.csv", "a,b,c,target\n1,2,3,0\n");

        var binding = workspace.Bind("wine/test.csv").Bound!;

        Assert.Equal(model, binding.ModelPath);
        Assert.Equal("wine", binding.ModelName);
        Assert.Equal(["red", "white"], binding.ClassNames.AsEnumerable());
        Assert.Equal(3, binding.TargetColumn);
        Assert.Equal("3 numeric columns", binding.Reason);
        Assert.Empty(binding.Warnings);
        Assert.Null(binding.PositiveClass);
        Assert.Null(binding.BackgroundPath);
    }

    [Fact]
    public void Bind_HeaderNamesTheInputs_GoesBeforeCount()
    {
        workspace.Wide("wide.onnx", 2, TemporaryWorkspace.Classes(2));
        var named = workspace.Named("named.onnx", ["a", "b"], TemporaryWorkspace.Classes(2, "<=50K", ">50K"));
        workspace.Write("test.csv", "a,b,income\n1,2,>50K\n3,4,<=50K\n");

        var binding = workspace.Bind("test.csv").Bound!;

        Assert.Equal(named, binding.ModelPath);
        Assert.Equal("the header names its inputs", binding.Reason);
        Assert.Equal(["<=50K", ">50K"], binding.ClassNames.AsEnumerable());
        Assert.Equal(2, binding.TargetColumn);
    }

    [Fact]
    public void Bind_ModelElsewhere_NearestFits()
    {
        workspace.Wide("models/a.onnx", 5, TemporaryWorkspace.Classes(2));
        var fits = workspace.Wide("models/b.onnx", 3, TemporaryWorkspace.Value());
        workspace.Write("data/x.csv", "a,b,c,progression\n1,2,3,4\n");

        var binding = workspace.Bind("data/x.csv").Bound!;
        Assert.Equal(fits, binding.ModelPath);
        Assert.Empty(binding.ClassNames);
        Assert.Equal(3, binding.TargetColumn);
        Assert.Null(binding.ClassOf("4"));
    }

    [Fact]
    public void Bind_TwoFit_AreCandidates()
    {
        workspace.Wide("a.onnx", 2, TemporaryWorkspace.Classes(2));
        workspace.Wide("b.onnx", 2, TemporaryWorkspace.Classes(2));
        workspace.Write("x.csv", "a,b\n1,2\n");

        var result = workspace.Bind("x.csv");
        Assert.Null(result.Bound);
        Assert.Equal(["a.onnx", "b.onnx"], result.Candidates.Select(Path.GetFileName));
        Assert.Equal("2 models fit this file. Choose one.", result.Reason);
    }

    [Fact]
    public void Bind_NothingFits_SaysWhy()
    {
        workspace.Write("x.csv", "a,b\n1,2\n");
        Assert.Contains("No model was found", workspace.Bind("x.csv").Reason, StringComparison.Ordinal);

        workspace.Wide("w.onnx", 7, TemporaryWorkspace.Classes(2));
        workspace.Workspace.Invalidate(Path.Combine(workspace.Root, "w.onnx"));
        Assert.StartsWith("w.onnx: The model's input X takes 7 numeric columns, the file has 2.", workspace.Bind("x.csv").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_ModelOfAnyWidth_IsNotGuessed()
    {
        workspace.Model("any.onnx", [new SessionInput("X", typeof(float), [-1])], TemporaryWorkspace.Classes(2));
        workspace.Write("x.csv", "a,b\n1,2\n");
        Assert.Null(workspace.Bind("x.csv").Bound);
    }

    [Fact]
    public void Bind_EmptyFile_SaysSo()
    {
        workspace.Write("x.csv", "");
        Assert.Contains("empty", workspace.Bind("x.csv").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_Manifest_NamesEverything()
    {
        var model = workspace.Wide("m/model.onnx", 2, TemporaryWorkspace.Classes(2, "0", "1"));
        workspace.Write("data/deep/x.csv", "id,sex,a,y\n1,0,2,1\n");
        workspace.Write("explain.json", """
            { "models": [ { "model": "m/model.onnx", "classNames": ["malignant", "benign"], "samples": ["data/**/*.csv"], "target": "Y",
              "ignore": ["id", "gone"], "sensitive": ["sex"], "columns": { "A": { "minimum": 0 } }, "positiveClass": "malignant", "background": { "file": "data/deep/x.csv", "rows": "0-9" } } ] }
            """);

        var binding = workspace.Bind("data/deep/x.csv").Bound!;

        Assert.Equal((model, "m"), (binding.ModelPath, binding.ModelName));
        Assert.Equal(["sex", "a"], binding.Encoder.Columns.Select(column => column.Name));
        Assert.Equal((3, 0), (binding.TargetColumn!.Value, binding.PositiveClass!.Value));
        Assert.Equal("sex", Assert.Single(binding.Sensitive));
        Assert.Equal(0, binding.Constraints["a"].Minimum);
        Assert.Equal(Path.Combine(workspace.Root, "data", "deep", "x.csv"), binding.BackgroundPath);
        Assert.Equal("0-9", binding.BackgroundRows);
        Assert.Equal("named in explain.json", binding.Reason);
        Assert.Contains("\"gone\"", Assert.Single(binding.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_ManifestTargetNotInThisFile_GuessesNoOther()
    {
        workspace.Wide("m.onnx", 2, TemporaryWorkspace.Classes(2));
        workspace.Write("explain.json", """{ "models": [ { "model": "m.onnx", "samples": ["*.csv"], "target": "y" } ] }""");
        workspace.Write("unlabelled.csv", "a,b\n0,1\n");
        workspace.Write("three.csv", "a,b,c\n0,1,1\n");

        Assert.Null(workspace.Bind("unlabelled.csv").Bound!.TargetColumn);
        Assert.Contains("takes 2 numeric columns, the file has 3", workspace.Bind("three.csv").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_ManifestProblems_AreTheReason()
    {
        workspace.Write("x.csv", "a,b\n1,2\n");
        workspace.Wide("other.onnx", 2, TemporaryWorkspace.Classes(2));
        workspace.Write("explain.json", "{ \"models\": [\n { \"model\": \"gone.onnx\", \"samples\": [\"*.csv\"] } ] }");
        Assert.Equal("The model gone.onnx does not exist (explain.json, line 2). Correct the path.", workspace.Bind("x.csv").Reason);

        workspace.Write("explain.json", """{ "models": [ { "model": "other.onnx", "samples": ["*.csv"], "output": "logits" } ] }""");
        Assert.Contains("has no output \"logits\"", workspace.Bind("x.csv").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_TwoEntriesMatch_ExactPathGoesFirst()
    {
        workspace.Wide("a.onnx", 2, TemporaryWorkspace.Classes(2));
        var second = workspace.Wide("b.onnx", 2, TemporaryWorkspace.Classes(2));
        workspace.Write("x.csv", "a,b\n1,2\n");
        var text = """{ "models": [ { "model": "a.onnx", "samples": ["*.csv"] }, { "model": "b.onnx", "samples": ["*.csv"] } ] }""";
        workspace.Write("explain.json", text);
        Assert.Equal(2, workspace.Bind("x.csv").Candidates.Length);

        workspace.Write("explain.json", ManifestEditor.Choose(text, "x.csv", "b.onnx"));
        Assert.Equal(second, workspace.Bind("x.csv").Bound!.ModelPath);
    }

    [Fact]
    public void Bind_EntryWithoutSamples_DescribesTheModelThatIsFound()
    {
        workspace.Wide("a.onnx", 2, TemporaryWorkspace.Classes(2));
        workspace.Write("x.csv", "a,b,z\n1,2,no\n");
        workspace.Write("explain.json", """{ "models": [ { "model": "a.onnx", "name": "The A", "classNames": ["no", "yes"] } ] }""");
        var binding = workspace.Bind("x.csv").Bound!;
        Assert.Equal("The A", binding.ModelName);
        Assert.Equal(2, binding.TargetColumn);
    }

    [Fact]
    public void Bind_LastColumnThatIsNoLabel_IsNoTarget()
    {
        workspace.Named("m.onnx", ["a", "b"], TemporaryWorkspace.Classes(2, "no", "yes"));
        workspace.Write("x.csv", "a,b,comment\n1,2,looks odd\n");
        Assert.Null(workspace.Bind("x.csv").Bound!.TargetColumn);
    }

    [Fact]
    public void Bind_WrongCountOfNames_IsPassedOverAndSaid()
    {
        workspace.Wide("a.onnx", 2, TemporaryWorkspace.Classes(3));
        workspace.Write("labels.txt", "x\ny\n");
        workspace.Write("config.json", """{ "id2label": { "0": "low", "1": "mid", "2": "high" } }""");
        workspace.Write("x.csv", "a,b\n1,2\n");
        workspace.Write("explain.json", """{ "models": [ { "model": "a.onnx", "samples": "*.csv", "classNames": ["only"] } ] }""");
        var binding = workspace.Bind("x.csv").Bound!;
        Assert.Equal(["low", "mid", "high"], binding.ClassNames.AsEnumerable());
        Assert.Contains("explain.json names 1 class, the model has 3", Assert.Single(binding.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_NoNamesAnywhere_NumbersTheClasses()
    {
        workspace.Wide("a.onnx", 2, TemporaryWorkspace.Classes(2, "3", "7"));
        workspace.Write("x.csv", "a,b\n1,2\n");
        var binding = workspace.Bind("x.csv").Bound!;
        Assert.Equal(["class 3", "class 7"], binding.ClassNames.AsEnumerable());
        Assert.Equal((1, null, null), (binding.ClassOf("7.0"), binding.ClassOf("1"), binding.ClassOf("")));
    }

    [Theory]
    [InlineData("malignant", 0)]
    [InlineData(" Benign ", 1)]
    [InlineData("0", 0)]
    [InlineData("1.0", 1)]
    [InlineData("2", null)]
    [InlineData("other", null)]
    public void ClassOf_NameLabelOrIndex_GivesTheClass(string cell, int? expected)
    {
        workspace.Wide("a.onnx", 2, TemporaryWorkspace.Classes(2, "0", "1"));
        workspace.Write("labels.txt", "malignant\nbenign");
        workspace.Write("x.csv", "a,b\n1,2\n");
        Assert.Equal(expected, workspace.Bind("x.csv").Bound!.ClassOf(cell));
    }

    [Fact]
    public void Bind_ModelAskedFor_TakesTheManifestsNames()
    {
        var model = workspace.Wide("m.onnx", 2, TemporaryWorkspace.Classes(2));
        var path = workspace.Write("x.csv", "a,b,y\n1,2,1\n");
        workspace.Write("explain.json", """{ "models": [ { "model": "m.onnx", "classNames": ["no", "yes"], "target": "y" } ] }""");
        var around = Workspace.Around(path);

        Assert.Equal(["no", "yes"], around.Bind(model, path, Table.Read(path), workspace.Signature, null, default).ClassNames.AsEnumerable());
        Assert.Equal(2, around.Bind(model, path, Table.Read(path), workspace.Signature, "Y", default).TargetColumn);
        var error = Assert.Throws<SampleException>(() => around.Bind(model, path, Table.Read(path), workspace.Signature, "yy", default));
        Assert.Equal("There is no column \"yy\" in the file. Did you mean \"y\"?", error.Message);
    }

    [Fact]
    public void Models_FoldersOfTools_AreLeftOut()
    {
        foreach (var path in (string[])["a.onnx", "deep/b.onnx", "node_modules/c.onnx", ".git/d.onnx", "out/e.onnx", ".venv/f.onnx", "x/bin/g.onnx"])
            workspace.Write(path, "");
        Assert.Equal(["a.onnx", "b.onnx"], workspace.Workspace.Models(default).Select(Path.GetFileName));
    }

    [Fact]
    public void Bind_Again_OpensNoModelAgainUntilItChanges()
    {
        var model = workspace.Wide("m.onnx", 2, TemporaryWorkspace.Classes(2));
        workspace.Write("x.csv", "a,b\n1,2\n");
        workspace.Bind("x.csv");
        workspace.Bind("x.csv");
        Assert.Equal(1, workspace.Opened);
        workspace.Workspace.Invalidate(model);
        workspace.Bind("x.csv");
        Assert.Equal(2, workspace.Opened);
    }
}
