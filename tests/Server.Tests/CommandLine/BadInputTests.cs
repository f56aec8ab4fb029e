namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>Everything that can be wrong: one sentence on stderr, nothing on stdout, and the exit code of its kind.</summary>
public sealed class BadInputTests : IDisposable
{
    private const int WrongUse = 2;
    private const int Unreadable = 3;
    private const string Wine = "data/wine/test.csv";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Model_NotThere_IsUnreadable() =>
        CommandRun.FailAsync(Unreadable, ["nowhere.onnx", "does not exist"], "predict", "nowhere.onnx", Wine);

    [Fact]
    public Task Model_NotOnnx_IsUnreadable() =>
        CommandRun.FailAsync(Unreadable, ["notes.onnx"], "predict", _folder.Write("notes.onnx", "Dear diary, this is not a model.\n"), Wine);

    [Fact]
    public Task Model_Empty_IsUnreadable() =>
        CommandRun.FailAsync(Unreadable, ["empty.onnx", "empty"], "inspect", _folder.Write("empty.onnx", ""));

    [Fact]
    public async Task Model_Truncated_IsUnreadable()
    {
        var whole = await File.ReadAllBytesAsync(Fixtures.Model("wine-logreg"));
        await CommandRun.FailAsync(Unreadable, ["half.onnx"], "predict", _folder.Write("half.onnx", whole[..(whole.Length / 2)]), Wine);
    }

    [Fact]
    public async Task Model_UnknownOperator_IsUnreadable()
    {
        var bytes = await File.ReadAllBytesAsync(Fixtures.Model("wine-logreg"));
        "LinearKlassifier"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().LastIndexOf("LinearClassifier"u8)));
        await CommandRun.FailAsync(Unreadable, ["LinearKlassifier"], "predict", _folder.Write("odd.onnx", bytes), Wine);
    }

    [Fact]
    public Task Folder_WithoutModel_IsUnreadable() =>
        CommandRun.FailAsync(Unreadable, ["no .onnx file"], "predict", _folder.Path, Wine);

    [Fact]
    public Task Folder_WithSeveralModels_AsksForOne()
    {
        _folder.Copy(Fixtures.Model("wine-logreg"), "a.onnx");
        _folder.Copy(Fixtures.Model("wine-logreg"), "b.onnx");
        return CommandRun.FailAsync(Unreadable, ["a.onnx, b.onnx"], "predict", _folder.Path, Wine);
    }

    [Fact]
    public Task Header_OfAnotherFile_IsUnreadable() =>
        CommandRun.FailAsync(Unreadable, ["column"], "predict", "models/adult-gbm", Wine);

    [Fact]
    public Task Samples_NotThere_IsUnreadable() =>
        CommandRun.FailAsync(Unreadable, ["nowhere.csv"], "predict", "models/wine-logreg", "nowhere.csv");

    [Fact]
    public Task Samples_Empty_IsUnreadable() =>
        CommandRun.FailAsync(Unreadable, ["empty.csv"], "predict", "models/wine-logreg", _folder.Write("empty.csv", ""));

    [Fact]
    public async Task Samples_HeaderOnly_IsUnreadable()
    {
        var header = (await File.ReadAllLinesAsync(Fixtures.Data("wine")))[0];
        await CommandRun.FailAsync(Unreadable, ["rows"], "predict", "models/wine-logreg", _folder.Write("header.csv", header + "\n"));
    }

    [Fact]
    public Task Row_TooFewFields_IsUnreadable() =>
        FailsAtRow(3, row => string.Join(',', row.Split(',').Take(5)), ["Row 3 has 5 fields", "line 5"]);

    [Fact]
    public Task Row_TooManyFields_IsUnreadable() =>
        FailsAtRow(3, row => row + ",1,2", ["Row 3 has 16 fields", "line 5"]);

    [Fact]
    public Task Row_TextForNumber_IsUnreadable() =>
        FailsAtRow(2, row => "lots" + row[row.IndexOf(',', StringComparison.Ordinal)..], ["Row 2", "alcohol", "lots", "line 4"]);

    [Fact]
    public Task Manifest_SyntaxError_IsUnreadable()
    {
        _folder.Write("explain.json", "{ \"models\": [ { \"model\": \n");
        _folder.Copy(Fixtures.Data("wine"), "test.csv");
        return CommandRun.FailAsync(Unreadable, ["explain.json", "line"], "predict", "models/wine-logreg", _folder.File("test.csv"));
    }

    [Fact]
    public Task Folder_OfModelsNotThere_IsUnreadable() =>
        CommandRun.FailAsync(Unreadable, ["no folder"], "models", _folder.File("nowhere"));

    [Fact]
    public Task Class_Unknown_IsWrongUseAndListsTheClasses() =>
        CommandRun.FailAsync(
            WrongUse, ["'>50k!'", "<=50K, >50K", "Did you mean >50K?"],
            "explain", "models/adult-gbm", "data/adult/test.csv", "--method", "occlusion", "--rows", "0", "--target", ">50k!");

    [Fact]
    public Task Method_Unknown_IsWrongUseAndListsTheMethods() =>
        CommandRun.FailAsync(
            WrongUse, ["exact-shapp", "exact-shap", "lime"],
            "explain", "models/wine-logreg", Wine, "--method", "exact-shapp", "--rows", "0");

    [Fact]
    public Task Method_OfAnotherVerb_IsWrongUse() =>
        CommandRun.FailAsync(
            WrongUse, ["permutation-importance"],
            "explain", "models/wine-logreg", Wine, "--method", "permutation-importance", "--rows", "0");

    [Fact]
    public Task Option_Unknown_IsWrongUseAndListsTheOptions() =>
        CommandRun.FailAsync(
            WrongUse, ["evaluation", "evaluations"],
            "explain", "models/wine-logreg", Wine, "--method", "kernel-shap", "--rows", "0", "--option", "evaluation=5");

    [Fact]
    public Task Option_WithoutValue_IsWrongUse() =>
        CommandRun.FailAsync(
            WrongUse, ["KEY=VALUE"], "explain", "models/wine-logreg", Wine, "--method", "lime", "--rows", "0", "--option", "samples");

    [Fact]
    public Task Output_Unknown_IsWrongUseAndListsTheOutputs() =>
        CommandRun.FailAsync(
            WrongUse, ["probabilities"], "explain", "models/wine-logreg", Wine, "--method", "lime", "--rows", "0", "--output", "logits");

    [Fact]
    public Task Space_ProbabilityOfARegression_IsWrongUse() =>
        CommandRun.FailAsync(
            WrongUse, ["progression", "raw"],
            "explain", "models/diabetes-mlp", "data/diabetes/test.csv", "--method", "lime", "--rows", "0", "--space", "probability");

    [Theory]
    [InlineData("54", "54")]
    [InlineData("9-3", "9-3")]
    [InlineData("one", "one")]
    [InlineData("-1", "-1")]
    public Task Rows_ThatAreNotThere_IsWrongUse(string rows, string word) =>
        CommandRun.FailAsync(WrongUse, [word], "predict", "models/wine-logreg", Wine, "--rows", rows);

    [Fact]
    public Task LabelColumn_Unknown_IsWrongUse() =>
        CommandRun.FailAsync(
            WrongUse, ["lable"], "global", "models/wine-logreg", Wine, "--method", "permutation-importance", "--label-column", "lable");

    [Fact]
    public Task Background_NotThere_IsUnreadable() =>
        CommandRun.FailAsync(
            Unreadable, ["nowhere.csv"], "explain", "models/wine-logreg", Wine, "--method", "lime", "--rows", "0", "--background", "nowhere.csv");

    [Fact]
    public Task Background_OfOtherColumns_IsUnreadable() =>
        CommandRun.FailAsync(
            Unreadable, ["alcohol"],
            "explain", "models/wine-logreg", Wine, "--method", "lime", "--rows", "0", "--background", "data/diabetes/train.csv");

    [Fact]
    public Task Png_OfSeveralRows_IsWrongUse() =>
        CommandRun.FailAsync(
            WrongUse, ["--rows"], "explain", "models/wine-logreg", Wine, "--method", "occlusion", "--rows", "0-1", "--format", "png",
            "--out", _folder.File("a.png"));

    [Fact]
    public Task Png_OfPredictions_IsWrongUse() =>
        CommandRun.FailAsync(WrongUse, ["figure"], "predict", "models/wine-logreg", Wine, "--format", "png");

    [Fact]
    public Task Out_InAFolderThatIsNotThere_IsWrongUse() =>
        CommandRun.FailAsync(WrongUse, ["--out"], "predict", "models/wine-logreg", Wine, "--out", _folder.File("deep/a.json"));

    [Theory]
    [InlineData("weights")]
    [InlineData("predct")]
    [InlineData("")]
    public Task Verb_Unknown_IsWrongUse(string verb) =>
        CommandRun.FailAsync(WrongUse, ["explainlsp --help"], verb.Length == 0 ? [] : [verb]);

    [Theory]
    [InlineData("explain", "--text", "hello")]
    [InlineData("predict", "--frmat", "json")]
    [InlineData("predict", "--format", "yaml")]
    [InlineData("predict", "--threads", "0")]
    [InlineData("explain", "--seed", "soon")]
    public Task Argument_Unknown_IsWrongUse(string verb, string option, string value) =>
        CommandRun.FailAsync(WrongUse, [option[2..]], verb, "models/wine-logreg", Wine, option, value);

    private async Task FailsAtRow(int row, Func<string, string> spoil, string[] words)
    {
        var lines = await File.ReadAllLinesAsync(Fixtures.Data("wine"));
        lines[row + 1] = spoil(lines[row + 1]);
        var samples = _folder.Write("spoilt.csv", string.Join('\n', lines));
        await CommandRun.FailAsync(Unreadable, ["spoilt.csv", .. words], "predict", "models/wine-logreg", samples);
        await CommandRun.FailAsync(Unreadable, words, "explain", "models/wine-logreg", samples, "--method", "occlusion", "--rows", "all");
    }
}
