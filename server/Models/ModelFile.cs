using System.Collections.Immutable;
using ExplainLsp.Models.Reading;

namespace ExplainLsp.Models;

/// <summary>
/// An <c>.onnx</c> file, read without its weights: graph, inputs, outputs, metadata. Reading checks that the file is ONNX, that it is
/// whole, and that external data stays below the model's own folder, before ONNX Runtime sees it.
/// </summary>
public sealed class ModelFile
{
    internal ModelFile() { }

    /// <summary>The file's full path.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file's bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes of the file, without external data.</summary>
    public required long Length { get; init; }

    /// <summary>The IR version of the file format.</summary>
    public required long IrVersion { get; init; }

    /// <summary>Opset by domain; <c>""</c> is written <c>ai.onnx</c>.</summary>
    public required ImmutableSortedDictionary<string, long> Opsets { get; init; }

    /// <summary>Who wrote the file, with version, as it says itself; empty when it does not.</summary>
    public required string Producer { get; init; }

    /// <summary>The graph's inputs without initializers.</summary>
    public required ImmutableArray<ModelValue> Inputs { get; init; }

    /// <summary>The graph's outputs.</summary>
    public required ImmutableArray<ModelValue> Outputs { get; init; }

    /// <summary>The main graph's nodes in file order, attributes of small size included, weights left out.</summary>
    public required ImmutableArray<ModelNode> Nodes { get; init; }

    /// <summary>Number of weights in initializers (elements, not bytes), those of subgraphs included.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>The file's metadata properties.</summary>
    public required ImmutableSortedDictionary<string, string> Metadata { get; init; }

    /// <summary>The files that hold weights outside the model, each below the model's folder, in order of path.</summary>
    public required ImmutableArray<ExternalDataFile> ExternalData { get; init; }

    /// <summary>The file as a person names it in a sentence: its folder and its name, <c>adult-gbm/model.onnx</c>.</summary>
    public string DisplayName => DisplayNameOf(Path);

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelException">Not ONNX, empty, truncated, unreadable, or external data outside the model's folder.</exception>
    public static ModelFile Read(string path, CancellationToken cancellation = default) =>
        ModelFileReader.Read(System.IO.Path.GetFullPath(path), cancellation);

    internal static string DisplayNameOf(string path)
    {
        var folder = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path));
        return string.IsNullOrEmpty(folder) ? System.IO.Path.GetFileName(path) : $"{folder}/{System.IO.Path.GetFileName(path)}";
    }
}

/// <summary>A graph input or output as declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in ONNX words: <c>float</c>, <c>int64</c>, <c>string</c>, <c>sequence(map)</c>.</param>
/// <param name="Shape">Dimensions as text: numbers, symbols, or <c>?</c>; empty for scalars and non-tensors.</param>
public sealed record ModelValue(string Name, string Type, ImmutableArray<string> Shape)
{
    /// <summary>Whether the file declares a shape at all; without one <see cref="Shape"/> is empty and says nothing.</summary>
    public bool HasShape { get; init; } = true;
}

/// <summary>A node of the graph.</summary>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Domain">Its operator's domain; <c>""</c> is written <c>ai.onnx</c>.</param>
/// <param name="Operator">Its operator: <c>Conv</c>.</param>
/// <param name="Inputs">Names of the tensors it reads; empty for an optional one left out.</param>
/// <param name="Outputs">Names of the tensors it writes.</param>
public sealed record ModelNode(string Name, string Domain, string Operator, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs)
{
    /// <summary>Its attributes in file order.</summary>
    public ImmutableArray<AttributeValue> Attributes { get; init; } = [];

    internal AttributeValue? Attribute(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name);
}

/// <summary>
/// An attribute of a node: one list of integers, numbers or texts (a single value is a list of one). Tensors, graphs and lists of more
/// than <see cref="LongestList"/> elements are weights or structure: their elements are left out.
/// </summary>
/// <param name="Name">Its name: <c>post_transform</c>.</param>
/// <param name="Integers">Integer values.</param>
/// <param name="Numbers">Floating point values.</param>
/// <param name="Texts">Text values.</param>
public sealed record AttributeValue(
    string Name, ImmutableArray<long> Integers, ImmutableArray<float> Numbers, ImmutableArray<string> Texts)
{
    /// <summary>The longest list that is kept.</summary>
    public const int LongestList = 4096;

    /// <summary>Elements in the file, kept or not; 0 for tensors and graphs.</summary>
    public int Count { get; init; }

    /// <summary>The smallest of its numbers, kept or not; NaN when it has none.</summary>
    public float Minimum { get; init; } = float.NaN;
}

/// <summary>A file with weights of a model.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Length">Its bytes when the model was read.</param>
/// <param name="WrittenAt">When it had last been written then, UTC.</param>
public sealed record ExternalDataFile(string Path, long Length, DateTime WrittenAt)
{
    internal FileStamp Stamp => new(Length, WrittenAt);
}
