using System.Text;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Models.Tests;

/// <summary>Files that are not what they should be: one sentence, no crash.</summary>
public sealed class MalformedFileTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_MissingFile_SaysSo() => AssertRefused(Path.Combine(_folder.Path, "none.onnx"), "none.onnx does not exist");

    [Fact]
    public void Read_MissingFolder_SaysSo() => AssertRefused(Path.Combine(_folder.Path, "a", "none.onnx"), "a/none.onnx does not exist");

    [Fact]
    public void Read_Folder_SaysSo() => AssertRefused(_folder.Path, "is a folder");

    [Fact]
    public void Read_EmptyFile_SaysSo() => AssertRefused(_folder.Write("m.onnx", []), "m.onnx is empty");

    [Theory]
    [InlineData("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", "not an ONNX model: it begins like a PNG picture")]
    [InlineData("PK\u0003\u0004\u0014\0\u0008\0", "not an ONNX model: it begins like a ZIP archive")]
    [InlineData("# just some text\n", "not an ONNX model: it begins like text")]
    [InlineData("\b\u0003text and more\n", "")]
    [InlineData("age,workclass\n1,2\n", "not an ONNX model: it begins like text")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "is a Git LFS pointer")]
    public void Read_SomethingElse_SaysWhatItLooksLike(string contents, string message) =>
        AssertRefused(_folder.Write("m.onnx", Encoding.Latin1.GetBytes(contents)), message);

    [Fact]
    public void Read_TruncatedAnywhere_IsRefused()
    {
        var whole = File.ReadAllBytes(Fixtures.Model("wine-logreg"));
        var graphEnd = EndOfGraph(whole);
        for (var length = 1; length < graphEnd; length++)
            AssertRefused(_folder.Write("m.onnx", whole[..length]), "");
        AssertRefused(_folder.Write("m.onnx", whole[..graphEnd]), "it may be cut short");
        AssertRefused(_folder.Write("m.onnx", whole[..(whole.Length / 2)]), "is cut short after");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5_000)]
    public void Read_RandomBytes_AreRefused(int length)
    {
        var state = 12345u;
        for (var file = 0; file < 200; file++)
        {
            var bytes = new byte[length];
            for (var i = 0; i < length; i++)
                bytes[i] = (byte)((state = (state * 1664525) + 1013904223) >> 24);
            AssertRefused(_folder.Write("m.onnx", bytes), "");
        }
    }

    [Fact]
    public void Read_DamagedAnywhere_NeverCrashes()
    {
        var whole = File.ReadAllBytes(Fixtures.Model("wine-logreg", "model.zipmap.onnx"));
        for (var i = 0; i < whole.Length; i++)
        {
            var bytes = whole.ToArray();
            bytes[i] ^= 0xFF;
            var path = _folder.Write("m.onnx", bytes);
            try
            {
                // What can still be read must open or be refused in a sentence, too.
                ModelSession.Open(ModelFile.Read(path), ModelSessionOptions.Default).Dispose();
            }
            catch (ModelException exception)
            {
                AssertSentence(exception);
            }
        }
    }

    [Fact]
    public void Read_LengthBeyondTheFile_AllocatesNothingForIt()
    {
        // A name of almost 2 GB in a file of a few bytes, inside a graph that fits.
        byte[] bytes = [0x08, 0x08, 0x3A, 0x08, 0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x41, 0x41];
        var path = _folder.Write("m.onnx", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(path, "is damaged");

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10 << 20);
    }

    [Fact]
    public void Read_GraphNestedVeryDeep_IsRefused()
    {
        var graph = new GraphProto { Node = { Node("If", ["x"], ["y"]) } };
        for (var depth = 0; depth < 200; depth++)
        {
            var outer = new GraphProto { Node = { Node("If", ["x"], ["y"], new AttributeProto { Name = "then_branch", G = graph }) } };
            graph = outer;
        }

        AssertRefused(_folder.Write(new ModelProto { IrVersion = 8, Graph = graph }), "is damaged");
    }

    [Fact]
    public void Read_Weights_AreNotHeldInMemory()
    {
        var model = Linear(1, 2).Weights("big", [4 << 20], []);
        model.Graph.Initializer[1].RawData = ByteString.CopyFrom(new byte[16 << 20]);
        var path = _folder.Write(model);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var file = ModelFile.Read(path);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Equal((4 << 20) + 2, file.ParameterCount);
    }

    [Fact]
    public void Read_ImpossibleSize_IsRefused()
    {
        AssertRefused(_folder.Write(Linear(1).Weights("huge", [long.MaxValue, 4], [])), "the weight huge has an impossible size");
        AssertRefused(_folder.Write(Linear(1).Weights("less", [-4], [])), "the weight less has an impossible size");
    }

    [Fact]
    public void Read_NoInputs_SaysSo()
    {
        var model = Linear(1);
        model.Graph.Input.Clear();
        AssertRefused(_folder.Write(model), "has no inputs");
    }

    [Fact]
    public void Read_OnlyWeightsAsInputs_SaysSo()
    {
        var model = Of(Node("Identity", ["w"], ["y"])).Weights("w", [1], 1).Input("w", DataType.Float, 1).Output("y", DataType.Float, 1);
        AssertRefused(_folder.Write(model), "has no inputs");
    }

    [Fact]
    public void Read_NoOutputs_SaysSo()
    {
        var model = Linear(1);
        model.Graph.Output.Clear();
        AssertRefused(_folder.Write(model), "has no outputs");
    }

    private static void AssertRefused(string path, string message)
    {
        var exception = Assert.Throws<ModelException>(() => ModelFile.Read(path));
        Assert.Contains(message, exception.Message);
        AssertSentence(exception);
    }

    internal static void AssertSentence(Exception exception)
    {
        Assert.DoesNotContain('\n', exception.Message);
        Assert.EndsWith(".", exception.Message);
        Assert.DoesNotContain("ErrorCode", exception.Message);
        Assert.DoesNotContain(".cc:", exception.Message);
        Assert.DoesNotContain(Path.GetTempPath(), exception.Message);
        Assert.InRange(exception.Message.Length, 20, 500);
    }

    private static int EndOfGraph(byte[] model)
    {
        var end = 0;
        foreach (var field in WireFields.Of(model))
        {
            end += field.Bytes.Length;
            if (field.Number == ModelProto.GraphFieldNumber)
                break;
        }

        return end;
    }
}
