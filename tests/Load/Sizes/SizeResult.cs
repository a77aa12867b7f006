using NymDirectory.Load.Measuring;

namespace NymDirectory.Load.Sizes;

/// <summary>A measurement on a node with so many users, few of whom are there.</summary>
internal sealed record SizeResult(int Users, LoadReport Report);
