using System.Collections.Immutable;

namespace ExplainLsp.Models;

/// <summary>
/// An <c>.onnx</c> file, read without its weights: graph, inputs, outputs, metadata. Reading checks that the file is ONNX, that it is
/// whole, and that external data stays below the model's own folder, before ONNX Runtime sees it.
/// </summary>
public sealed class ModelFile
{
    private ModelFile() { }

    /// <summary>The file's full path.</summary>
    public string Path => throw new NotImplementedException();

    /// <summary>SHA-256 of the file's bytes, lower-case hex.</summary>
    public string Sha256 => throw new NotImplementedException();

    /// <summary>Bytes of the file, without external data.</summary>
    public long Length => throw new NotImplementedException();

    /// <summary>Opset by domain; <c>""</c> is written <c>ai.onnx</c>.</summary>
    public ImmutableSortedDictionary<string, long> Opsets => throw new NotImplementedException();

    /// <summary>Who wrote the file, with version, as it says itself; empty when it does not.</summary>
    public string Producer => throw new NotImplementedException();

    /// <summary>The graph's inputs without initializers.</summary>
    public ImmutableArray<ModelValue> Inputs => throw new NotImplementedException();

    /// <summary>The graph's outputs.</summary>
    public ImmutableArray<ModelValue> Outputs => throw new NotImplementedException();

    /// <summary>The main graph's nodes in file order, attributes of small size included, weights left out.</summary>
    public ImmutableArray<ModelNode> Nodes => throw new NotImplementedException();

    /// <summary>Number of weights in initializers (elements, not bytes).</summary>
    public long ParameterCount => throw new NotImplementedException();

    /// <summary>The file's metadata properties.</summary>
    public ImmutableSortedDictionary<string, string> Metadata => throw new NotImplementedException();

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelException">Not ONNX, empty, truncated, unreadable, or external data outside the model's folder.</exception>
    public static ModelFile Read(string path, CancellationToken cancellation = default) => throw new NotImplementedException();
}

/// <summary>A graph input or output as declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in ONNX words: <c>float</c>, <c>int64</c>, <c>string</c>, <c>sequence(map)</c>.</param>
/// <param name="Shape">Dimensions as text: numbers, symbols, or <c>?</c>; empty for scalars and non-tensors.</param>
public sealed record ModelValue(string Name, string Type, ImmutableArray<string> Shape);

/// <summary>A node of the graph.</summary>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Domain">Its operator's domain; <c>""</c> is written <c>ai.onnx</c>.</param>
/// <param name="Operator">Its operator: <c>Conv</c>.</param>
/// <param name="Inputs">Names of the tensors it reads; empty for an optional one left out.</param>
/// <param name="Outputs">Names of the tensors it writes.</param>
public sealed record ModelNode(string Name, string Domain, string Operator, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs);
