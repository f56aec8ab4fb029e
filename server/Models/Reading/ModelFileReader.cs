using System.Collections.Immutable;
using ExplainLsp.Models.Structure;
using Google.Protobuf;

namespace ExplainLsp.Models.Reading;

/// <summary>Reads the structure and the hash of a model in one pass over the file, and checks both before anything else sees it.</summary>
internal static class ModelFileReader
{
    private const string DefaultDomain = "ai.onnx";

    // Unknown fields are the weights; the parser reads over them (see structure.proto).
    private static readonly MessageParser<ModelProto> Parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    public static ModelFile Read(string path, CancellationToken cancellation)
    {
        var name = ModelFile.DisplayNameOf(path);
        try
        {
            if (Directory.Exists(path))
                throw new ModelException($"{name} is a folder, not a model. Name the .onnx file in it.");
            using var file = new FileStream(path, new FileStreamOptions
            {
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 1 << 16,
            });
            CheckOutline(file, name);
            file.Position = 0;
            using var hashing = new HashingStream(file, cancellation);
            var model = Parse(hashing, name);
            return Describe(path, name, file.Length, hashing.Finish(), model);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException($"{name} does not exist. Check the path, or choose another model.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ModelException($"{name} may not be read. Check its permissions.", exception);
        }
        catch (IOException exception) when (exception is not ModelException)
        {
            throw new ModelException($"{name} could not be read: the disk or network reported an error. Try again.", exception);
        }
    }

    private static void CheckOutline(FileStream file, string name)
    {
        if (file.Length == 0)
            throw new ModelException($"{name} is empty. Export or download the model again.");
        if (file.Length > int.MaxValue)
            throw new ModelException($"{name} is larger than 2 GB, the most an ONNX file may hold. Export it with external data.");
        Span<byte> head = stackalloc byte[FileSignature.Length];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (FileSignature.IsLfsPointer(head))
            throw new ModelException($"{name} is a Git LFS pointer, the model itself is not downloaded. Run git lfs pull.");
        file.Position = 0;
        switch (FileOutlineReader.Read(file))
        {
            case FileOutline.CutShort:
                throw new ModelException($"{name} is cut short after {file.Length:N0} bytes. Export or download the model again.");
            case FileOutline.Damaged:
                throw Damaged(name);
            case FileOutline.NotOnnx:
                var kind = FileSignature.Describe(head);
                throw new ModelException(
                    $"{name} is not an ONNX model{(kind is null ? "" : $": it begins like {kind}")}. Export the model to ONNX, or choose another file.");
        }
    }

    private static ModelProto Parse(HashingStream stream, string name)
    {
        try
        {
            return Parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw Damaged(name, exception);
        }
    }

    private static ModelException Damaged(string name, Exception? cause = null) =>
        new($"{name} is damaged: its contents are not a valid ONNX graph. Export or download the model again.", cause);

    private static ModelFile Describe(string path, string name, long length, string sha256, ModelProto model)
    {
        if (model.Graph is not { } graph || graph.Node.Count + graph.Output.Count == 0)
            throw new ModelException($"{name} holds no graph. Export or download the model again.");
        if (model.OpsetImport.Count == 0 && model.Functions.Count == 0)
            throw new ModelException($"{name} names no operator set, so it may be cut short. Export or download the model again.");
        var tensors = new TensorSurvey(path, name);
        tensors.Visit(model);
        var initializers = graph.Initializer.Select(tensor => tensor.Name)
            .Concat(graph.SparseInitializer.Select(tensor => tensor.Values?.Name ?? "")).ToHashSet();
        var inputs = graph.Input.Where(input => !initializers.Contains(input.Name)).Select(OnnxTypeName.Describe).ToImmutableArray();
        if (inputs.IsEmpty)
            throw new ModelException($"{name} has no inputs: it computes a constant. Export the model with its inputs.");
        if (graph.Output.Count == 0)
            throw new ModelException($"{name} has no outputs. Export the model with its outputs.");
        return new ModelFile
        {
            Path = path,
            Sha256 = sha256,
            Length = length,
            IrVersion = model.IrVersion,
            Opsets = Opsets(model),
            Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim(),
            Inputs = inputs,
            Outputs = [.. graph.Output.Select(OnnxTypeName.Describe)],
            Nodes = [.. graph.Node.Select(Describe)],
            ParameterCount = tensors.ParameterCount,
            Metadata = Metadata(model),
            ExternalData = tensors.ExternalData,
        };
    }

    private static ImmutableSortedDictionary<string, long> Opsets(ModelProto model)
    {
        var opsets = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var opset in model.OpsetImport)
            opsets[DomainName(opset.Domain)] = opset.Version;
        return opsets.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> Metadata(ModelProto model)
    {
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in model.MetadataProps)
            metadata[entry.Key] = entry.Value;
        return metadata.ToImmutable();
    }

    private static string DomainName(string domain) => domain.Length == 0 ? DefaultDomain : domain;

    private static ModelNode Describe(NodeProto node) =>
        new(node.Name, DomainName(node.Domain), node.OpType, [.. node.Input], [.. node.Output])
        {
            Attributes = [.. node.Attribute.Select(Describe)],
        };

    private static AttributeValue Describe(AttributeProto attribute)
    {
        // A single value is a list of one. Old exporters leave the type out; then the lists speak for themselves.
        ReadOnlySpan<long> integers = attribute.Type == 2 ? [attribute.I] : [.. attribute.Ints];
        ReadOnlySpan<float> numbers = attribute.Type == 1 ? [attribute.F] : [.. attribute.Floats];
        var minimum = float.NaN;
        foreach (var number in numbers)
            minimum = number >= minimum ? minimum : number;
        ReadOnlySpan<ByteString> texts = attribute.Type == 3 ? [attribute.S] : [.. attribute.Strings];
        return new AttributeValue(attribute.Name, Short(integers), Short(numbers), [.. Short(texts).Select(text => text.ToStringUtf8())])
        {
            Count = integers.Length + numbers.Length + texts.Length,
            Minimum = minimum,
        };
    }

    private static ImmutableArray<T> Short<T>(ReadOnlySpan<T> values) =>
        values.Length > AttributeValue.LongestList ? [] : [.. values];
}
